"use client";

import { type Client, type Connection, type ConnectModel, fittingModels, type RoleId } from "@copilot-llm/connect";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Card } from "#components/ui/card";
import { Picker } from "#components/ui/picker";
import { Skeleton } from "#components/ui/skeleton";
import type { ApiKey } from "#lib/api/use-api-keys";
import { KeyField } from "./key-field";

interface ConnectStripProps {
  origin: string;
  /** Null while they are not known. */
  keys: readonly ApiKey[] | null;
  chosenKey: ApiKey | undefined;
  onKey: (id: string) => void;
  client: Client;
  models: readonly ConnectModel[];
  connection: Connection;
  onModel: (role: RoleId, id: string) => void;
}

/** What every snippet is filled with: the address, a key, and the models that the client asks for. */
export function ConnectStrip(props: ConnectStripProps) {
  const { origin, keys, chosenKey, onKey, client, models, connection, onModel } = props;
  const t = useTranslations("connect");
  return (
    <Card className="grid gap-x-6 gap-y-4 p-4 md:grid-cols-2 xl:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="text-small font-medium">{t("address")}</p>
        <div className="flex h-9 items-center gap-1 rounded-md border bg-muted pr-0.5 pl-3">
          <code className="min-w-0 flex-1 truncate font-mono text-label" title={origin}>
            {origin}
          </code>
          <CopyButton text={origin} label={t("copyAddress")} size="tinyIcon" />
        </div>
        <p className="text-label text-foreground-soft">{t(addressNote(origin))}</p>
      </div>
      {keys === null ? <Skeleton className="h-16" /> : <KeyField keys={keys} chosen={chosenKey} onChoose={onKey} />}
      {client.roles.length > 0 && (
        <div className="flex min-w-0 flex-col gap-3">
          {client.roles.map((role) => (
            <div key={role.id} className="flex min-w-0 flex-col gap-1.5">
              <p className="text-small font-medium">{t(`roles.${client.roles.length === 1 ? "only" : role.id}`)}</p>
              <Picker
                label={t(`roles.${client.roles.length === 1 ? "only" : role.id}`)}
                look="medium"
                value={connection.models[role.id] ?? null}
                onSelect={(id) => onModel(role.id, id)}
                options={fittingModels(models, role).map(({ id, name }) => ({ value: id, label: name, detail: id }))}
                isDisabled={models.length === 0}
              />
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}

/** Who can reach the address, and how safely. */
function addressNote(origin: string): "addressLocal" | "addressPlain" | "addressSecure" {
  const { hostname, protocol } = new URL(origin);
  if (hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.")) return "addressLocal";
  return protocol === "https:" ? "addressSecure" : "addressPlain";
}
