import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { RelativeTime } from "#components/relative-time";
import { useIsAdmin } from "#lib/api/use-auth";
import type { Batch } from "#lib/api/use-batches";
import { BatchProgress } from "./batch-progress";
import { BatchStatus } from "./batch-status";
import { CancelBatchButton } from "./cancel-batch-button";

/** What the list of batches shows of each. */
export function useBatchColumns(): readonly DataColumn<Batch>[] {
  const t = useTranslations("batches");
  const isAdmin = useIsAdmin();
  return useMemo(() => {
    const columns: DataColumn<Batch>[] = [
      {
        id: "owner",
        header: t("columns.batch"),
        isTitle: true,
        cell: ({ owner, id, api }) => (
          <>
            <span className="block truncate">{owner}</span>
            <span className="block truncate text-label font-normal text-foreground-soft">
              {t(`apis.${api}`)} · <span className="font-mono">{id}</span>
            </span>
          </>
        ),
      },
      {
        id: "status",
        header: t("columns.status"),
        width: "20%",
        card: "aside",
        cell: (batch) => <StatusCell batch={batch} />,
      },
      { id: "progress", header: t("columns.progress"), width: "26%", cell: (batch) => <BatchProgress batch={batch} /> },
      {
        id: "created_at",
        header: t("columns.created"),
        width: "9rem",
        cell: ({ created_at: at }) => <RelativeTime time={at} />,
      },
      {
        id: "ends",
        header: t("columns.ends"),
        width: "10rem",
        cell: ({ ended_at: endedAt, expires_at: expiresAt }) =>
          t.rich(endedAt === null ? "expires" : "ended", { time: () => <RelativeTime time={endedAt ?? expiresAt} /> }),
      },
    ];
    if (isAdmin) {
      columns.push({
        id: "actions",
        header: "",
        width: "7rem",
        align: "end",
        cell: (batch) => <CancelBatchButton batch={batch} />,
      });
    }
    return columns;
  }, [t, isAdmin]);
}

function StatusCell({ batch }: { batch: Batch }) {
  const t = useTranslations("batches");
  const [problem] = batch.problems;
  return (
    <div className="min-w-0">
      <BatchStatus batch={batch} />
      {problem !== undefined && (
        <p lang="en" title={problem.message} className="truncate text-label text-foreground-soft">
          {problem.line !== null && t("line", { line: problem.line })}
          {problem.message}
        </p>
      )}
    </div>
  );
}
