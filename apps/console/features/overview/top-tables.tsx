"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Amount, Count } from "#components/figure";
import { Card, CardHeader } from "#components/ui/card";
import { type StatsSplit, useStats } from "#lib/api/use-stats";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { nanoAiuPerCredit } from "#lib/use-figures";
import type { RangeState } from "#lib/use-range";
import { RowsSkeleton } from "./rows-skeleton";

const shownRows = 5;

interface TopTablesProps {
  range: RangeState;
  narrowing: Narrowing | null;
}

/** The models, keys and tokens with the most requests; each leads to its sessions. */
export function TopTables({ range, narrowing }: TopTablesProps) {
  return (
    <div className="grid gap-6 xl:grid-cols-3">
      <TopTable by="model" range={range} narrowing={narrowing} />
      <TopTable by="key" range={range} narrowing={narrowing} />
      <TopTable by="token" range={range} narrowing={narrowing} />
    </div>
  );
}

function TopTable({ by, range, narrowing }: TopTablesProps & { by: StatsSplit }) {
  const t = useTranslations("overview.top");
  const { data, error, isPending, refetch } = useStats({
    fromMs: range.fromMs,
    toMs: range.toMs,
    groupBy: by,
    only: narrowing,
  });
  const filter = narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`;
  const rowFilter = narrowing?.dimension === by ? "" : filter;
  const rows = [...(data?.rows ?? [])].sort((a, b) => b.requests - a.requests).slice(0, shownRows);
  const most = rows[0]?.requests ?? 1;
  return (
    <Card aria-label={t(by)} className="min-w-0">
      <CardHeader title={t(by)}>
        <Link
          href={`/usage/?group=${by}&${range.search}${filter}`}
          prefetch={false}
          className="text-label text-accent hover:underline"
        >
          {t("all")}
        </Link>
      </CardHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {isPending && <RowsSkeleton rows={shownRows} />}
      {data !== undefined && rows.length === 0 && (
        <p className="px-4 py-8 text-center text-small text-foreground-soft">{t("none")}</p>
      )}
      {rows.length > 0 && (
        <table className="w-full table-fixed text-left text-small">
          <caption className="sr-only">{t(by)}</caption>
          <thead>
            <tr className="h-8 text-label text-foreground-soft">
              <th scope="col" className="pl-4 font-medium">
                {t("name")}
              </th>
              <th scope="col" className="w-14 text-right font-medium">
                {t("requests")}
              </th>
              <th scope="col" className="w-14 text-right font-medium">
                {t("credits")}
              </th>
              <th scope="col" className="w-16 pr-4 text-right font-medium">
                {t("errors")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group ?? ""} className="h-9 border-t">
                <td className="relative truncate pr-2 pl-4">
                  <span
                    aria-hidden
                    className="absolute inset-y-1 left-2 rounded bg-bar/12"
                    style={{ width: `calc(${(row.requests / most) * 100}% - 0.5rem)` }}
                  />
                  {row.group === null ? (
                    <span className="relative text-foreground-soft">{t("unknown")}</span>
                  ) : (
                    <Link
                      href={`/sessions/?${by}=${encodeURIComponent(row.group)}&${range.search}${rowFilter}`}
                      prefetch={false}
                      className="relative hover:underline"
                      title={row.label ?? row.group}
                    >
                      {row.label ?? row.group}
                    </Link>
                  )}
                </td>
                <td className="text-right tabular-nums">
                  <Count value={row.requests} />
                </td>
                <td className="text-right tabular-nums">
                  <Amount value={row.nano_aiu / nanoAiuPerCredit} />
                </td>
                <td
                  className={
                    row.errors > 0
                      ? "pr-4 text-right text-danger tabular-nums"
                      : "pr-4 text-right text-foreground-soft tabular-nums"
                  }
                >
                  <Count value={row.errors} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
