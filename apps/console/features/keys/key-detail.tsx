"use client";

import { useTranslations } from "use-intl";
import { DetailSection, DetailSheet, FactList } from "#components/detail-sheet";
import { ExactTime, RelativeTime } from "#components/relative-time";
import { ButtonLink } from "#components/ui/button";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { mapClientName } from "#lib/map-client-name";
import { BudgetSection } from "./budget-section";
import { KeyActions } from "./key-actions";
import { KeyActivity } from "./key-activity";
import { KeySettingsSection } from "./key-settings-section";
import { KeyState } from "./key-state";

interface KeyDetailProps {
  apiKey: ApiKey;
  /** The ids of the list, in its order. */
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}

/** All about one key: its use against its limits, what it may do, and where its requests are. */
export function KeyDetail({ apiKey, neighbours, onOpen }: KeyDetailProps) {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const index = neighbours.indexOf(apiKey.id);
  const walk = (id: string | undefined) => (id === undefined ? null : () => onOpen(id));
  return (
    <DetailSheet
      label={t("detail.label", { alias: apiKey.alias })}
      title={apiKey.alias}
      onClose={() => onOpen(null)}
      onPrevious={walk(neighbours[index - 1])}
      onNext={walk(index === -1 ? undefined : neighbours[index + 1])}
      actions={isAdmin && <KeyActions apiKey={apiKey} />}
    >
      <BudgetSection of={apiKey} />
      <KeyActivity apiKey={apiKey}>
        <KeySettingsSection apiKey={apiKey} />
        <DetailSection title={t("detail.facts")}>
          <FactList
            facts={[
              [t("columns.state"), <KeyState key="state" apiKey={apiKey} />],
              [
                t("detail.key"),
                <span key="preview" className="font-mono text-label">
                  {apiKey.key_preview}…
                </span>,
              ],
              [t("detail.created"), <ExactTime key="created" time={apiKey.created_at} />],
              [
                t("columns.lastUsed"),
                apiKey.last_used_at === null ? t("neverUsed") : <RelativeTime key="used" time={apiKey.last_used_at} />,
              ],
              apiKey.previous_value_until === null
                ? null
                : [t("detail.oldSecret"), <RelativeTime key="old" time={apiKey.previous_value_until} />],
              apiKey.last_client === null
                ? null
                : [
                    t("detail.client"),
                    <span key="client" title={apiKey.last_client} className="block truncate">
                      {mapClientName(apiKey.last_client)}
                    </span>,
                  ],
              apiKey.created_by === null ? null : [t("detail.createdBy"), apiKey.created_by],
            ]}
          />
          <div className="mt-3 flex flex-wrap gap-2">
            <ButtonLink variant="secondary" size="small" href={`/sessions/?key=${encodeURIComponent(apiKey.id)}`}>
              {t("detail.sessions")}
            </ButtonLink>
            <ButtonLink variant="secondary" size="small" href={`/connect/?key=${encodeURIComponent(apiKey.id)}`}>
              {t("detail.connect")}
            </ButtonLink>
            {isAdmin && (
              <ButtonLink variant="secondary" size="small" href={`/audit/?subject=${encodeURIComponent(apiKey.id)}`}>
                {t("detail.history")}
              </ButtonLink>
            )}
          </div>
        </DetailSection>
      </KeyActivity>
    </DetailSheet>
  );
}
