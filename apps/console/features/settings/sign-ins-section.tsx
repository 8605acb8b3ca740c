import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Segmented } from "#components/ui/segmented";
import { useToast } from "#components/ui/toast";
import { useIsAdmin } from "#lib/api/use-auth";
import { type SignIn, type SignInScope, useEndOtherSignIns, useEndSignIn, useSignIns } from "#lib/api/use-sign-ins";
import { mapBrowserName } from "#lib/map-browser-name";
import { useErrorSentence } from "#lib/use-error-message";
import { SettingsSection } from "./settings-section";

/** Where one is signed in, and for admins who else is; each can be ended. */
export function SignInsSection() {
  const t = useTranslations("settings.signIns");
  const isAdmin = useIsAdmin();
  const [scope, setScope] = useState<SignInScope>("own");
  const { data, error, refetch } = useSignIns(scope);
  const others = (data ?? []).filter(({ current }) => !current).length;
  return (
    <SettingsSection
      id="sign-ins"
      title={t("title")}
      aside={
        isAdmin && (
          <Segmented
            label={t("scope")}
            value={scope}
            options={(["own", "all"] as const).map((value) => ({ value, label: t(`scopes.${value}`) }))}
            onChange={setScope}
          />
        )
      }
    >
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data === undefined && error === null && <ListSkeleton />}
      <ul className="divide-y">
        {(data ?? []).map((signIn) => (
          <SignInRow key={signIn.id} signIn={signIn} isForAll={scope === "all"} />
        ))}
      </ul>
      {scope === "own" && others > 0 && <EndOthers count={others} />}
    </SettingsSection>
  );
}

function SignInRow({ signIn, isForAll }: { signIn: SignIn; isForAll: boolean }) {
  const t = useTranslations("settings.signIns");
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const end = useEndSignIn(() => showToast("done", t("ended")));
  const { id, username, current, client_ip: clientIp, user_agent: userAgent, last_seen_at: lastSeenAt } = signIn;
  const browser = userAgent === null ? t("unknownBrowser") : mapBrowserName(userAgent);
  return (
    <li className="flex min-h-13 items-center gap-3 px-4 py-2 text-small">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          {isForAll && <span className="font-medium">{username}</span>}
          <span className="truncate" title={userAgent ?? undefined}>
            {browser}
          </span>
          {current && <Badge tone="info">{t("here")}</Badge>}
        </p>
        <p className="truncate text-label text-foreground-soft">
          {t.rich("seen", { time: () => <RelativeTime time={lastSeenAt} /> })}
          {clientIp !== null && ` · ${clientIp}`}
        </p>
      </div>
      {!current && (
        <Button
          variant="outline"
          size="small"
          aria-label={t("endOne", { username, browser })}
          isBusy={end.isPending}
          onClick={() => end.mutate(id, { onError: (error) => showToast("failed", errorSentence(error)) })}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}

function EndOthers({ count }: { count: number }) {
  const t = useTranslations("settings.signIns");
  const showToast = useToast();
  const endOthers = useEndOtherSignIns();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <footer className="flex justify-end border-t px-4 py-3">
      <Button variant="secondary" size="small" onClick={() => setIsAsking(true)}>
        {t("endOthers")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("endOthersTitle", { count })}
        confirmLabel={t("endOthers")}
        isBusy={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() =>
          endOthers.mutate(undefined, {
            onSuccess: ({ ended }) => {
              setIsAsking(false);
              showToast("done", t("endedOthers", { count: ended }));
            },
          })
        }
      >
        {t("endOthersText")}
      </ConfirmDialog>
    </footer>
  );
}
