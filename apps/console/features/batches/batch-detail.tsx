"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { LoadMore } from "#components/data-table/load-more";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { ErrorNotice } from "#components/error-notice";
import { Count } from "#components/figure";
import { useProtocolName } from "#components/protocol-name";
import { ExactTime } from "#components/relative-time";
import { type Batch, type BatchItem, useFailedItems } from "#lib/api/use-batches";
import { BatchProgress } from "./batch-progress";
import { BatchStatus } from "./batch-status";

export interface BatchDetailProps {
  batch: Batch;
  /** The ids of the list, in its order. */
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

const shownCounts = ["pending", "running", "succeeded", "errored", "cancelled", "expired"] as const;

/** All about one batch: how far it is, and what failed of it and why. */
export function BatchDetail({ batch, neighbours, onOpen }: BatchDetailProps) {
  const t = useTranslations("batches");
  const protocolName = useProtocolName();
  const index = neighbours.indexOf(batch.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  const time = (name: string, at: string | null) =>
    at === null ? null : ([name, <ExactTime key={name} time={at} />] as const);
  return (
    <DetailSheet
      label={t("detail.label", { owner: batch.owner })}
      title={t("detail.label", { owner: batch.owner })}
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
    >
      <DetailSection title={t("columns.progress")} aside={<BatchStatus batch={batch} />}>
        <div className="flex flex-col gap-3 text-small">
          <BatchProgress batch={batch} />
          <FactList
            facts={shownCounts.map((name) => [
              t(`detail.counts.${name}`),
              <Count key={name} value={batch.counts[name]} />,
            ])}
          />
        </div>
      </DetailSection>
      {batch.problems.length > 0 && (
        <DetailSection title={t("detail.problems")}>
          <ul lang="en" className="flex flex-col gap-1 text-small">
            {batch.problems.map(({ line, code, message }) => (
              <li key={`${line} ${code} ${message}`} className="break-words">
                {line !== null && t("line", { line })}
                {message}
              </li>
            ))}
          </ul>
        </DetailSection>
      )}
      {batch.counts.errored > 0 && <FailedItems batch={batch} />}
      <DetailSection title={t("detail.facts")}>
        <FactList
          facts={[
            [t("detail.api"), `${t(`apis.${batch.api}`)} · ${protocolName(batch.protocol)}`],
            [
              t("detail.id"),
              <span key="id" className="font-mono text-label break-all">
                {batch.id}
              </span>,
            ],
            batch.key_id === null
              ? null
              : [
                  t("detail.key"),
                  <Link
                    key="key"
                    href={`/keys/?id=${encodeURIComponent(batch.key_id)}`}
                    className="text-accent hover:underline"
                  >
                    {batch.owner}
                  </Link>,
                ],
            time(t("columns.created"), batch.created_at),
            time(t("detail.started"), batch.started_at),
            time(t("detail.cancelled"), batch.cancel_requested_at),
            time(t("detail.ended"), batch.ended_at),
            batch.ended_at === null ? time(t("detail.expires"), batch.expires_at) : null,
            ...Object.entries(batch.metadata),
          ]}
        />
      </DetailSection>
    </DetailSheet>
  );
}

function FailedItems({ batch }: { batch: Batch }) {
  const t = useTranslations("batches.detail");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useFailedItems(
    batch.id,
    batch.counts.errored,
  );
  const items = (data?.pages ?? []).flatMap((page) => page.items);
  return (
    <DetailSection title={t("failed")}>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <ul aria-label={t("failed")} className="divide-y text-small">
        {items.map((item) => (
          <FailedItem key={item.index} item={item} />
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </DetailSection>
  );
}

function FailedItem({ item: { custom_id: customId, status, error, request_id: requestId } }: { item: BatchItem }) {
  const t = useTranslations("batches.detail");
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <div className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate font-mono text-label" title={customId}>
          {customId}
        </span>
        <span className="shrink-0 text-danger">{[status, error?.code].filter((part) => part != null).join(" ")}</span>
        {requestId !== null && (
          <Link
            href={`/sessions/?tab=requests&request=${encodeURIComponent(requestId)}`}
            prefetch={false}
            className="shrink-0 text-accent hover:underline"
          >
            {t("request")}
          </Link>
        )}
      </div>
      {error?.message != null && (
        <p lang="en" className="break-words text-foreground-soft">
          {error.message}
        </p>
      )}
    </li>
  );
}
