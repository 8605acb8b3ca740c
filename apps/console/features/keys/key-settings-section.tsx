import { Pencil } from "lucide-react";
import Link from "next/link";
import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { DetailSection } from "#components/detail-sheet";
import { ExactTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Skeleton } from "#components/ui/skeleton";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useTeams } from "#lib/api/use-teams";
import { createLazyPart } from "#lib/lazy-part";
import { KeyLimitSummary } from "./key-limit-summary";
import { type KeyPart, keyParts } from "./key-parts";
import type { KeySettingEditorProps } from "./key-setting-editor";
import { createKeyFormValues } from "./key-settings";

const KeySettingEditor = createLazyPart<KeySettingEditorProps>(
  async () => (await import("./key-setting-editor")).KeySettingEditor,
);

/** What the key is set to; admins change each setting in its place. */
export function KeySettingsSection({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("keys");
  const { data: tokens } = useGithubTokens();
  const { data: teams } = useTeams();
  const shown = keyParts.filter((part) => {
    if (part === "team") return (teams?.length ?? 0) > 0;
    return part !== "tokens" || (tokens?.tokens.length ?? 0) > 0;
  });
  const names: Readonly<Record<KeyPart, string>> = {
    alias: t("form.alias"),
    limits: t("form.limitsLegend"),
    models: t("form.models"),
    tokens: t("form.tokens"),
    team: t("form.team"),
    expiry: t("columns.expires"),
    recording: t("form.recording"),
    note: t("form.note"),
  };
  return (
    <DetailSection title={t("detail.settings")}>
      <ul className="flex flex-col gap-1 text-small">
        {shown.map((part) => (
          <SettingRow key={part} part={part} name={names[part]} apiKey={apiKey}>
            <SettingValue part={part} apiKey={apiKey} />
          </SettingRow>
        ))}
      </ul>
    </DetailSection>
  );
}

interface SettingRowProps {
  part: KeyPart;
  name: string;
  apiKey: ApiKey;
  children: ReactNode;
}

function SettingRow({ part, name, apiKey, children }: SettingRowProps) {
  const t = useTranslations("keys.detail");
  const isAdmin = useIsAdmin();
  const [isEditing, setIsEditing] = useState(false);
  const wasEditing = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  if (isEditing) {
    return (
      <li className="py-1">
        <Suspense fallback={<Skeleton className="h-28" />}>
          <KeySettingEditor part={part} apiKey={apiKey} onClose={() => setIsEditing(false)} />
        </Suspense>
      </li>
    );
  }
  return (
    <li className="grid min-h-8 grid-cols-[8.5rem_minmax(0,1fr)_auto] items-start gap-x-4">
      <span className="pt-1 text-foreground-soft">{name}</span>
      <div className="min-w-0 pt-1 break-words">{children}</div>
      {isAdmin && (
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={t("edit", { name })}
          title={t("edit", { name })}
          onPointerEnter={KeySettingEditor.preload}
          onFocus={KeySettingEditor.preload}
          onClick={() => setIsEditing(true)}
        >
          <Pencil aria-hidden />
        </Button>
      )}
    </li>
  );
}

function SettingValue({ part, apiKey }: { part: KeyPart; apiKey: ApiKey }) {
  const t = useTranslations("keys");
  const { data: tokens } = useGithubTokens();
  const { data: teams } = useTeams();
  switch (part) {
    case "alias":
      return apiKey.alias;
    case "limits":
      return <KeyLimitSummary values={createKeyFormValues(apiKey)} isLimitsOnly />;
    case "models":
      return apiKey.allowed_models === null ? t("scope.allModels") : <Names names={apiKey.allowed_models} />;
    case "tokens":
      return apiKey.github_token_ids === null ? (
        t("scope.allTokens")
      ) : (
        <Names
          names={apiKey.github_token_ids.map(
            (id) => tokens?.tokens.find((token) => token.id === id)?.alias ?? t("scope.unknownToken"),
          )}
        />
      );
    case "team": {
      const team = teams?.find(({ id }) => id === apiKey.team_id);
      if (team === undefined) return t("form.noTeam");
      return (
        <Link href={`/teams/?id=${encodeURIComponent(team.id)}`} className="text-accent hover:underline">
          {team.name}
        </Link>
      );
    }
    case "expiry":
      return apiKey.expires_at === null ? t("never") : <ExactTime time={apiKey.expires_at} />;
    case "recording":
      return t(`form.recordings.${apiKey.recording ?? "default"}`);
    case "note":
      return apiKey.note === "" ? "–" : <span className="whitespace-pre-line">{apiKey.note}</span>;
  }
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {names.map((name) => (
        <Badge key={name} className="max-w-full">
          <span className="truncate">{name}</span>
        </Badge>
      ))}
    </span>
  );
}
