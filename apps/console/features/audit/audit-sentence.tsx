import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AuditEvent } from "#lib/api/use-audit";
import { ChangedValues } from "./changed-values";
import { useFieldName } from "./use-field-name";

/** What the console has a sentence for. */
export const auditActions = [
  "api_key.create",
  "api_key.update",
  "api_key.rotate",
  "api_key.reset_usage",
  "api_key.test",
  "api_key.delete",
  "github_token.create",
  "github_token.update",
  "github_token.delete",
  "user.setup",
  "user.create",
  "user.update",
  "user.delete",
  "user.reset",
  "user.sign_in",
  "user.sign_out",
  "session.revoke",
  "team.create",
  "team.update",
  "team.delete",
  "invite.create",
  "invite.delete",
  "seat.consent",
  "seat.join",
  "seat.leave",
  "settings.update",
  "session.delete",
  "backup.create",
  "alert.send",
  "batch.cancel",
] as const;

export type AuditAction = (typeof auditActions)[number];

export function keyOfAction(action: AuditAction) {
  const [noun, verb] = action.split(".") as Split<AuditAction>;
  return `${noun}_${verb}` as Joined<AuditAction>;
}

type Split<Action extends string> = Action extends `${infer Noun}.${infer Verb}` ? [Noun, Verb] : never;
type Joined<Action extends string> = Action extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

/** What was done, as a sentence without its subject: "changed requests of the key ci: 100 → 200". */
export function AuditSentence({ event }: { event: AuditEvent }) {
  const t = useTranslations("audit");
  const fieldName = useFieldName();
  const format = useFormatter();
  const { action, subject_label: label, subject_id: id, detail } = event;
  const known = auditActions.find((name) => name === action);
  const strong = (text: ReactNode) => <strong className="font-medium">{text}</strong>;
  const subject = () => strong(label ?? id ?? "–");
  if (known === undefined) {
    return (
      <>
        <code className="font-mono text-label">{action}</code> {label !== null && subject()}
      </>
    );
  }
  const changed = typeof detail.changed === "string" ? detail.changed.split(",").filter((name) => name !== "") : [];
  const sentence = t.rich(`sentences.${keyOfAction(known)}`, {
    subject,
    fields: () => strong(changed.length === 0 ? t("nothing") : format.list(changed.map(fieldName))),
    count: typeof detail.removed === "number" ? detail.removed : 1,
    withKey: String(detail.encryption_key === true),
    code: typeof detail.code === "string" ? detail.code : "–",
  });
  const extra = [
    detail.token_replaced === true ? t("extra.tokenReplaced") : null,
    detail.password_changed === true ? t("extra.passwordChanged") : null,
    action === "github_token.update" && detail.enabled === false ? t("extra.disabled") : null,
    action === "github_token.update" && detail.enabled === true && detail.token_replaced !== true
      ? t("extra.enabled")
      : null,
    action === "user.update" && typeof detail.role === "string"
      ? t(detail.role === "admin" ? "extra.isAdmin" : "extra.isViewer")
      : null,
  ].filter((text) => text !== null);
  return (
    <>
      {sentence}
      <ChangedValues event={event} />
      {extra.length > 0 && <span className="text-foreground-soft">{t("extra.in", { list: format.list(extra) })}</span>}
    </>
  );
}
