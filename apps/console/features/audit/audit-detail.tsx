"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { JsonBody } from "#components/json/json-body";
import { ExactTime } from "#components/relative-time";
import { ButtonLink } from "#components/ui/button";
import type { AuditEvent } from "#lib/api/use-audit";
import { AuditSentence } from "./audit-sentence";
import { listChangedFields } from "./list-changed-fields";
import { subjectHref } from "./subject-href";
import { useFieldName } from "./use-field-name";

export interface AuditDetailProps {
  event: AuditEvent;
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

/** All that is known of one event, and the ways on. */
export function AuditDetail({ event, neighbours, onOpen }: AuditDetailProps) {
  const t = useTranslations("audit");
  const index = neighbours.indexOf(event.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  const { actor, subject_id: subjectId, subject_label: label, client_ip: clientIp } = event;
  const href = subjectHref(event);
  return (
    <DetailSheet
      label={t("detail.label")}
      title={<code className="font-mono text-small">{event.action}</code>}
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
    >
      <DetailSection title={t("detail.what")}>
        <p className="mb-3 text-body">
          {actor} <AuditSentence event={event} />
        </p>
        <FactList
          facts={[
            [t("columns.at"), <ExactTime key="at" time={event.at} />],
            [
              t("columns.actor"),
              <Link
                key="actor"
                href={`/audit/?actor=${encodeURIComponent(actor)}`}
                className="text-accent hover:underline"
              >
                {actor}
              </Link>,
            ],
            label === null ? null : [t("detail.subject"), label],
            subjectId === null
              ? null
              : [
                  t("detail.subjectId"),
                  <span key="id" className="flex items-center gap-1 font-mono text-label">
                    <span className="break-all">{subjectId}</span>
                    <CopyButton text={subjectId} label={t("detail.copyId")} size="tinyIcon" />
                  </span>,
                ],
            clientIp === null ? null : [t("detail.ip"), clientIp],
          ]}
        />
        {subjectId !== null && (
          <div className="mt-3 flex flex-wrap gap-2">
            {href !== null && (
              <ButtonLink variant="secondary" size="small" href={href}>
                {t("detail.open")}
              </ButtonLink>
            )}
            <ButtonLink
              variant="secondary"
              size="small"
              href={`/audit/?range=30d&subject=${encodeURIComponent(subjectId)}`}
            >
              {t("detail.history")}
            </ButtonLink>
          </div>
        )}
      </DetailSection>
      <ChangeTable event={event} />
      <DetailSection title={t("detail.data")}>
        <JsonBody text={JSON.stringify(event)} label={t("detail.data")} fileName={`${event.id}.json`} />
      </DetailSection>
    </DetailSheet>
  );
}

/** The changed fields as they were and are; nothing where the event changed none. */
function ChangeTable({ event: { before, after } }: { event: AuditEvent }) {
  const t = useTranslations("audit.detail");
  const fieldName = useFieldName();
  const names = listChangedFields({ before, after });
  if (names.length === 0) return null;
  return (
    <DetailSection title={t("changes")}>
      <table className="w-full table-fixed text-left text-small">
        <thead>
          <tr className="text-label text-foreground-soft [&>th]:pb-1.5 [&>th]:font-medium">
            <th scope="col">{t("field")}</th>
            <th scope="col">{t("before")}</th>
            <th scope="col">{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name} className="border-t align-top [&>*]:py-1.5 [&>*]:pr-3">
              <th scope="row" className="font-normal">
                {fieldName(name)}
              </th>
              <td className="font-mono text-label break-words text-danger">{encodeValue(before?.[name])}</td>
              <td className="font-mono text-label break-words text-ok">{encodeValue(after?.[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </DetailSection>
  );
}

function encodeValue(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
