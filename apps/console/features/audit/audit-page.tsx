"use client";

import { Download, ScrollText } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Suspense, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { AdminOnly } from "#components/admin-only";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { LoadMore } from "#components/data-table/load-more";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { FilterBar } from "#components/filters/filter-bar";
import { ListSkeleton } from "#components/list-skeleton";
import { NoMatch } from "#components/no-match";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { RangePicker } from "#components/range/range-picker";
import { RelativeTime } from "#components/relative-time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Menu } from "#components/ui/menu";
import { type AuditEvent, type AuditFilter, auditExportHref, useAudit } from "#lib/api/use-audit";
import { useIsAdmin } from "#lib/api/use-auth";
import { useUsers } from "#lib/api/use-users";
import { createLazyPart } from "#lib/lazy-part";
import { saveAddress } from "#lib/save-address";
import { hourMs } from "#lib/time-units";
import { useRange } from "#lib/use-range";
import type { AuditDetailProps } from "./audit-detail";
import { AuditSentence, auditActions, keyOfAction } from "./audit-sentence";
import { subjectHref } from "./subject-href";

const AuditDetail = createLazyPart<AuditDetailProps>(async () => (await import("./audit-detail")).AuditDetail);

const nouns = [
  "api_key",
  "team",
  "github_token",
  "invite",
  "seat",
  "user",
  "settings",
  "session",
  "batch",
  "backup",
] as const;

/** Who did what, and when? */
export function AuditPage() {
  const t = useTranslations("audit");
  const isAdmin = useIsAdmin();
  const range = useRange("30d");
  const [view, setView] = useQueryStates({
    q: parseAsString.withDefault(""),
    actor: parseAsString,
    action: parseAsString,
    subject: parseAsString,
    signins: parseAsStringLiteral(["1"]),
    id: parseAsString,
  });
  const { q, actor, action, subject, signins } = view;
  const isOpenEnded = range.name !== "custom" && range.name !== "prev-month";
  const fromMs = isOpenEnded ? Math.floor(range.fromMs / hourMs) * hourMs : range.fromMs;
  const toMs = isOpenEnded ? null : range.toMs;
  const filter = useMemo<AuditFilter>(
    () => ({
      actor,
      action,
      subject,
      text: q.trim(),
      fromMs,
      toMs,
      hasSignIns: signins !== null || action?.startsWith("user") === true,
    }),
    [actor, action, subject, q, fromMs, toMs, signins],
  );
  return (
    <>
      <PageHeader title={t("title")} action={isAdmin && <ExportMenu filter={filter} />}>
        <RangePicker range={range} />
      </PageHeader>
      <PageBody>
        <AdminOnly>
          <AuditList filter={filter} view={view} setView={setView} />
        </AdminOnly>
      </PageBody>
    </>
  );
}

interface View {
  q: string;
  actor: string | null;
  action: string | null;
  subject: string | null;
  signins: "1" | null;
  id: string | null;
}

interface AuditListProps {
  filter: AuditFilter;
  view: View;
  setView: (changed: Partial<{ [Name in keyof View]: View[Name] | null }>) => Promise<unknown>;
}

function AuditList({ filter, view, setView }: AuditListProps) {
  const t = useTranslations("audit");
  const isAdmin = useIsAdmin();
  const { data: users } = useUsers();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useAudit(
    filter,
    isAdmin,
  );
  const events = useMemo(() => (data?.pages ?? []).flatMap((page) => page.events), [data]);
  const columns = useAuditColumns();
  const search = useCallback((text: string) => void setView({ q: text === "" ? null : text }), [setView]);
  const clear = useCallback(
    () => void setView({ q: null, actor: null, action: null, subject: null, signins: null }),
    [setView],
  );
  const open = useCallback((id: string | null) => void setView({ id }), [setView]);
  const chosen = (value: string | null) => (value === null ? [] : [value]);
  const isFiltered = view.q !== "" || view.actor !== null || view.action !== null || view.subject !== null;
  const subjectLabel = events.find(({ subject_id: id }) => id === view.subject)?.subject_label;
  const openEvent = events.find(({ id }) => id === view.id);
  return (
    <div className="flex flex-col gap-3">
      <FilterBar
        viewName="audit"
        search={{ value: view.q, onChange: search, placeholder: t("search") }}
        fields={[
          {
            id: "actor",
            label: t("columns.actor"),
            options: ["system", ...(users ?? []).map(({ username }) => username)].map((value) => ({
              value,
              label: value === "system" ? t("system") : value,
            })),
          },
          {
            id: "action",
            label: t("action"),
            options: [
              ...nouns.map((value) => ({ value, label: t(`nouns.${value}`) })),
              ...auditActions.map((value) => ({ value, label: t(`actions.${keyOfAction(value)}`), detail: value })),
            ],
          },
          ...(view.subject === null
            ? []
            : [
                {
                  id: "subject",
                  label: t("detail.subject"),
                  options: [{ value: view.subject, label: subjectLabel ?? view.subject }],
                },
              ]),
          { id: "signins", label: t("signIns"), options: [{ value: "1", label: t("signInsShown") }] },
        ]}
        values={{
          actor: chosen(view.actor),
          action: chosen(view.action),
          subject: chosen(view.subject),
          signins: chosen(view.signins),
        }}
        onChange={(field, [value]) => void setView({ [field]: value ?? null })}
        onClear={clear}
      />
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <ListSkeleton />}
      {data !== undefined && (
        <Card className="overflow-hidden">
          {events.length === 0 && !hasNextPage ? (
            isFiltered ? (
              <NoMatch onClear={clear} />
            ) : (
              <EmptyState icon={ScrollText} title={t("empty.title")}>
                {t("empty.text")}
              </EmptyState>
            )
          ) : (
            <DataTable
              caption={t("title")}
              rows={events}
              columns={columns}
              rowId={({ id }) => id}
              rowLabel={({ action }) => action}
              href={({ id }) => `/audit/?id=${encodeURIComponent(id)}`}
              openId={view.id}
              onOpen={open}
              isDimmed={isPlaceholderData || error !== null}
              footer={
                <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
              }
            />
          )}
        </Card>
      )}
      <Suspense>
        {openEvent !== undefined && (
          <AuditDetail key={openEvent.id} event={openEvent} neighbours={events.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </div>
  );
}

function useAuditColumns(): readonly DataColumn<AuditEvent>[] {
  const t = useTranslations("audit");
  return useMemo(
    () => [
      {
        id: "at",
        header: t("columns.at"),
        width: "9rem",
        cell: ({ at }) => <RelativeTime time={at} />,
      },
      {
        id: "actor",
        header: t("columns.actor"),
        width: "10rem",
        cell: ({ actor }) => (actor === "system" ? t("system") : actor),
      },
      {
        id: "what",
        header: t("columns.what"),
        isTitle: true,
        cell: (event) => (
          <span className="font-normal max-lg:line-clamp-3 max-lg:whitespace-normal">
            <AuditSentence event={event} />
          </span>
        ),
      },
      {
        id: "subject",
        header: t("detail.subject"),
        width: "13rem",
        card: "hidden",
        cell: (event) => {
          const href = subjectHref(event);
          const label = event.subject_label ?? (event.action.startsWith("settings") ? t("nouns.settings") : null);
          if (href === null || label === null) return label ?? "–";
          return (
            <Link href={href} prefetch={false} className="text-accent hover:underline">
              {label}
            </Link>
          );
        },
      },
      {
        id: "address",
        header: t("detail.ip"),
        width: "9rem",
        card: "hidden",
        cell: ({ client_ip: address }) => address ?? "–",
      },
    ],
    [t],
  );
}

function ExportMenu({ filter }: { filter: AuditFilter }) {
  const t = useTranslations("audit.export");
  const save = (format: "jsonl" | "csv") => () => saveAddress(auditExportHref(filter, format));
  return (
    <Menu
      entries={[
        { kind: "text", label: t("hint") },
        { kind: "action", label: t("csv"), onAction: save("csv") },
        { kind: "action", label: t("jsonl"), onAction: save("jsonl") },
      ]}
      trigger={(control) => (
        <Button {...control} variant="outline" size="small">
          <Download aria-hidden />
          <span className="max-sm:sr-only">{t("label")}</span>
        </Button>
      )}
    />
  );
}
