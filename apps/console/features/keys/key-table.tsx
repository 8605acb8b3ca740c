"use client";

import type { ApiKeyView, CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { Table, TableBody, TableCell, TableHead, TableRow } from "#components/ui/table";
import { useIsAdmin } from "#lib/api/use-auth";
import { KeyActions } from "./key-actions";
import { KeyScope } from "./key-scope";
import { KeyState } from "./key-state";
import { KeyUsage } from "./key-usage";

interface KeyTableProps {
  keys: readonly ApiKeyView[];
  onRotated: (rotated: CreatedApiKey) => void;
}

/** One row (on phones one card) for each key. */
export function KeyTable({ keys, onRotated }: KeyTableProps) {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  return (
    <Table caption={t("title")}>
      <TableHead>
        <th scope="col">{t("columns.key")}</th>
        <th scope="col">{t("columns.state")}</th>
        <th scope="col" className="w-64">
          {t("columns.usage")}
        </th>
        <th scope="col">{t("columns.scope")}</th>
        <th scope="col">{t("columns.lastUsed")}</th>
        {isAdmin && (
          <th scope="col">
            <span className="sr-only">{t("columns.actions")}</span>
          </th>
        )}
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell className="max-lg:col-span-2 max-lg:pr-24">
              <div className="font-medium break-all">{key.alias}</div>
              <div className="mt-0.5 font-mono text-xs text-foreground-soft">{key.key_preview}…</div>
            </TableCell>
            <TableCell className="max-lg:col-span-2">
              <KeyState apiKey={key} />
            </TableCell>
            <TableCell label={t("columns.usage")} className="max-lg:col-span-2">
              <KeyUsage apiKey={key} />
            </TableCell>
            <TableCell label={t("columns.scope")} className="text-[0.8125rem]">
              <KeyScope apiKey={key} />
            </TableCell>
            <TableCell
              label={t("columns.lastUsed")}
              className="text-[0.8125rem] whitespace-nowrap text-foreground-soft"
            >
              {key.last_used_at === null ? t("neverUsed") : <RelativeTime time={key.last_used_at} />}
            </TableCell>
            {isAdmin && (
              <TableCell className="max-lg:absolute max-lg:top-3 max-lg:right-3">
                <KeyActions apiKey={key} onRotated={onRotated} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
