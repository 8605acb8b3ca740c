"use client";

import { Download } from "lucide-react";
import { Suspense, useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { ColumnMenu, useHiddenColumns } from "#components/data-table/column-menu";
import { FilterBar } from "#components/filters/filter-bar";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { RangePicker } from "#components/range/range-picker";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import { Segmented } from "#components/ui/segmented";
import { encodeSessionFilter } from "#lib/api/use-sessions";
import { createLazyPart } from "#lib/lazy-part";
import { parsePastedId } from "#lib/parse-pasted-id";
import { saveAddress } from "#lib/save-address";
import { useRange } from "#lib/use-range";
import { HistogramStrip } from "./histogram-strip";
import { RequestList } from "./request-list";
import type { SessionDetailProps } from "./session-detail";
import { SessionList } from "./session-list";
import { useDeferredDelete } from "./use-deferred-delete";
import { useRequestColumns } from "./use-request-columns";
import { useSessionColumns } from "./use-session-columns";
import { useSessionFields } from "./use-session-fields";
import { outcomes, type SessionViewState, sessionTabs, useSessionFilter, useSessionView } from "./use-session-view";

const filterNames = ["model", "key", "token", "protocol", "status", "code", "client", "min_ms", "min_credits"] as const;

const SessionDetail = createLazyPart<SessionDetailProps>(async () => (await import("./session-detail")).SessionDetail);

/** What was asked, by whom, at what cost, and why did it fail? */
export function SessionsPage() {
  const t = useTranslations("sessions");
  const [view, setView] = useSessionView();
  const range = useRange("7d");
  const filter = useSessionFilter(view, range);
  const search = useCallback((q: string) => void setView(searchFor(q)), [setView]);
  const clear = useCallback(
    () => void setView(Object.fromEntries(["q", ...filterNames].map((name) => [name, null]))),
    [setView],
  );
  const fields = useSessionFields();
  const values = useMemo(
    () => Object.fromEntries(filterNames.map((name) => [name, view[name] === null ? [] : [String(view[name])]])),
    [view],
  );
  const deletion = useDeferredDelete();
  const [rowIds, setRowIds] = useState<readonly string[]>([]);
  const openDetail: SessionDetailProps["onView"] = useCallback(
    (next) => void setView(next, { history: "push" }),
    [setView],
  );
  const detail = (view.id !== null || view.request !== null) && (
    <SessionDetail
      key={`${view.id} ${view.request === null ? "" : "request"}`}
      id={view.id}
      requestId={view.request}
      view={view.view}
      neighbours={rowIds}
      isFull={view.full !== null}
      onView={openDetail}
      onDelete={(id) => deletion.remove([id])}
    />
  );
  if (view.full !== null && detail !== false) return <Suspense>{detail}</Suspense>;
  return (
    <>
      <PageHeader title={t("title")} isLive action={<ExportMenu view={view} filter={encodeSessionFilter(filter)} />}>
        <RangePicker range={range} />
      </PageHeader>
      <PageBody>
        <HistogramStrip range={range} filter={filter} fields={fields} />
        <div className="flex flex-col gap-3">
          <FilterBar
            viewName="sessions"
            countedSpan={range}
            search={{
              value: view.q,
              onChange: search,
              placeholder: t("search"),
            }}
            fields={fields}
            values={values}
            onChange={(field, [value]) => void setView(changeOf(field, value ?? null))}
            onClear={clear}
          >
            <Segmented
              label={t("tabs.label")}
              value={view.tab}
              options={sessionTabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
              onChange={(tab) => void setView({ tab, id: null, request: null })}
            />
            {view.tab === "conversations" ? <SessionColumnMenu /> : <RequestColumnMenu />}
          </FilterBar>
          {view.tab === "conversations" ? (
            <SessionList
              filter={filter}
              openId={view.id}
              onOpen={(id) => openDetail({ id, request: null })}
              onRows={setRowIds}
              onClear={clear}
              deletion={deletion}
            />
          ) : (
            <RequestList
              filter={filter}
              openId={view.request}
              onOpen={(request) => openDetail({ request, id: null })}
              onRows={setRowIds}
              onClear={clear}
              hiddenIds={deletion.hiddenIds}
            />
          )}
        </div>
      </PageBody>
      <Suspense>{detail}</Suspense>
    </>
  );
}

/** What was pasted as the id of a request or of a session opens that at once; anything else is looked for in the texts. */
function searchFor(q: string): Partial<SessionViewState> {
  const pasted = parsePastedId(q);
  if (pasted?.kind === "request") return { tab: "requests", request: q.trim(), id: null, q: "" };
  if (pasted?.kind === "session") return { tab: "conversations", id: q.trim(), request: null, q: "" };
  return { q };
}

function SessionColumnMenu() {
  const columns = useSessionColumns();
  const [hidden, setHidden] = useHiddenColumns("sessions", columns);
  return <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />;
}

function RequestColumnMenu() {
  const columns = useRequestColumns();
  const [hidden, setHidden] = useHiddenColumns("requests", columns);
  return <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />;
}

function changeOf(field: string, value: string | null): Partial<SessionViewState> {
  if (field === "status") return { status: outcomes.find((outcome) => outcome === value) ?? null };
  if (field === "min_ms" || field === "min_credits") return { [field]: value === null ? null : Number(value) };
  return { [field]: value };
}

function ExportMenu({ view, filter }: { view: SessionViewState; filter: URLSearchParams }) {
  const t = useTranslations("sessions.export");
  const hrefOf = (format: string) => {
    const query = new URLSearchParams(filter);
    query.set("format", format);
    return `/api/sessions/export?${query}`;
  };
  const save = (format: "jsonl" | "csv") => () => saveAddress(hrefOf(format));
  return (
    <Menu
      entries={[
        { kind: "text", label: t(view.q === "" ? "hint" : "hintText") },
        { kind: "action", label: t("jsonl"), onAction: save("jsonl") },
        { kind: "action", label: t("csv"), onAction: save("csv") },
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
