import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "#components/delete-dialog";
import { RelativeTime } from "#components/relative-time";
import { State } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { type Invite, useDeleteInvite, useInvites } from "#lib/api/use-invites";
import { useLiveRefresh } from "#lib/live/use-live-refresh";

const tones = { open: "info", expired: "neutral", joined: "ok", left: "neutral" } as const;

/** Who was invited to bring a seat, what became of it, and who agreed to what. Nothing while nobody was. */
export function Invitations({ tokens }: { tokens: readonly GithubToken[] }) {
  const t = useTranslations("tokens.invitations");
  const { data } = useInvites();
  const [deleted, setDeleted] = useState<Invite | null>(null);
  // Whoever joins brings a token.
  useLiveRefresh(queryKeys.invites, "token_state", 2_000);
  if (data === undefined || data.invites.length === 0) return null;
  return (
    <Card aria-labelledby="invitations">
      <CardHeader id="invitations" title={t("title")} />
      <ul className="divide-y">
        {data.invites.map((invite) => (
          <li key={invite.id} className="flex items-start gap-3 px-4 py-2.5 text-small">
            <Invitation
              invite={invite}
              login={tokens.find(({ id }) => id === invite.token_id)?.login ?? null}
              onDelete={() => setDeleted(invite)}
            />
          </li>
        ))}
      </ul>
      {deleted !== null && <DeleteInvitation invite={deleted} onClose={() => setDeleted(null)} />}
    </Card>
  );
}

interface InvitationProps {
  invite: Invite;
  /** Whose seat it brought, by GitHub's name, as far as it is in the pool. */
  login: string | null;
  onDelete: () => void;
}

function Invitation({ invite, login, onDelete }: InvitationProps) {
  const t = useTranslations("tokens.invitations");
  const isAdmin = useIsAdmin();
  const { name, status, consent, created_by: by } = invite;
  const changedAt = {
    open: invite.expires_at,
    expired: invite.expires_at,
    joined: invite.joined_at,
    left: invite.left_at,
  };
  const time = () => <RelativeTime time={changedAt[status] ?? invite.created_at} />;
  return (
    <>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="truncate font-medium">{login === null ? name : `${name} · @${login}`}</span>
          <State tone={tones[status]}>{t(`status.${status}`)}</State>
        </p>
        <p className="text-label text-foreground-soft">
          {t.rich(`when.${status}`, { time })}
          {" · "}
          {t(invite.own_seat_first ? "ownFirst" : "pool")}
          {" · "}
          {t("by", { by })}
        </p>
        {consent !== null && (
          <details className="mt-1 text-label text-foreground-soft">
            <summary className="cursor-pointer pointer-coarse:py-3.5">
              {t.rich("consent", { name, time: () => <RelativeTime time={consent.at} /> })}
            </summary>
            <p lang="en" className="mt-1 whitespace-pre-line">
              {consent.text}
            </p>
          </details>
        )}
      </div>
      {isAdmin && (
        <Button variant="ghost" size="icon" aria-label={t("delete.open", { name })} onClick={onDelete}>
          <Trash2 aria-hidden />
        </Button>
      )}
    </>
  );
}

function DeleteInvitation({ invite: { id, name, status }, onClose }: { invite: Invite; onClose: () => void }) {
  const t = useTranslations("tokens.invitations");
  return (
    <DeleteDialog
      id={id}
      useDelete={useDeleteInvite}
      title={t("delete.title", { name })}
      confirmLabel={t("delete.confirm")}
      doneText={t("deletedToast", { name })}
      onClose={onClose}
    >
      {t(status === "joined" ? "delete.joinedText" : "delete.text")}
    </DeleteDialog>
  );
}
