"use client";

import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { useFormatter, useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableRow } from "#components/ui/table";
import { useIsAdmin } from "#lib/api/use-auth";
import { mapPlanName } from "./map-plan-name";
import { TokenActions } from "./token-actions";
import { TokenQuota } from "./token-quota";
import { TokenState } from "./token-state";

/** One row (on phones one card) for each token. */
export function TokenTable({ tokens }: { tokens: readonly GithubTokenView[] }) {
  const t = useTranslations("tokens");
  const isAdmin = useIsAdmin();
  return (
    <Table caption={t("title")}>
      <TableHead>
        <th scope="col">{t("columns.token")}</th>
        <th scope="col">{t("columns.state")}</th>
        <th scope="col" className="w-56">
          {t("columns.quota")}
        </th>
        <th scope="col" className="text-right">
          {t("columns.requests")}
        </th>
        <th scope="col">{t("columns.lastUsed")}</th>
        {isAdmin && (
          <th scope="col">
            <span className="sr-only">{t("columns.actions")}</span>
          </th>
        )}
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} hasActions={isAdmin} />
        ))}
      </TableBody>
    </Table>
  );
}

function TokenRow({ token, hasActions }: { token: GithubTokenView; hasActions: boolean }) {
  const t = useTranslations("tokens");
  const format = useFormatter();
  return (
    <TableRow>
      <TableCell className="max-lg:col-span-2 max-lg:pr-24">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-all">{token.alias}</span>
          {token.plan !== null && <Badge>{mapPlanName(token.plan)}</Badge>}
        </div>
        <div className="mt-0.5 flex flex-wrap gap-x-2 text-xs text-foreground-soft">
          {token.login !== null && <span className="break-all">@{token.login}</span>}
          <span className="font-mono whitespace-nowrap">{token.token_preview}</span>
        </div>
      </TableCell>
      <TableCell className="max-lg:col-span-2 lg:max-w-64">
        <TokenState token={token} />
      </TableCell>
      <TableCell label={t("columns.quota")} className="max-lg:col-span-2">
        <TokenQuota token={token} />
      </TableCell>
      <TableCell label={t("columns.requests")} className="tabular-nums lg:text-right">
        <div>{format.number(token.total_requests)}</div>
        <div className="text-xs whitespace-nowrap text-foreground-soft">
          {t("premiumRequests", { count: format.number(token.premium_requests, { maximumFractionDigits: 2 }) })}
        </div>
      </TableCell>
      <TableCell label={t("columns.lastUsed")} className="text-[0.8125rem] whitespace-nowrap text-foreground-soft">
        {token.last_used_at === null ? t("neverUsed") : <RelativeTime time={token.last_used_at} />}
      </TableCell>
      {hasActions && (
        <TableCell className="max-lg:absolute max-lg:top-3 max-lg:right-3">
          <TokenActions token={token} />
        </TableCell>
      )}
    </TableRow>
  );
}
