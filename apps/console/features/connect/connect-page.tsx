"use client";

import { createConnection, findClient, fittingModels } from "@copilot-llm/connect";
import { createSerializer } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { useHeldKey } from "#components/held-key";
import { Notice } from "#components/notice";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { KeyResponsibleUse } from "#components/responsible-use";
import { TestRequest } from "#components/test-request";
import { Skeleton } from "#components/ui/skeleton";
import { useApiKeys } from "#lib/api/use-api-keys";
import { useAuthStatus, useIsAdmin } from "#lib/api/use-auth";
import { useModels } from "#lib/api/use-models";
import { useNoteConnected } from "#lib/use-connected-at";
import { ClientList } from "./client-list";
import { ConnectStrip } from "./connect-strip";
import { ConnectionView } from "./connection-view";
import { modelsOfKey } from "./models-of-key";
import { protocolOfClient } from "./protocol-of-client";
import { connectParsers, detectSystem, useConnectView } from "./use-connect-view";

/** What stands in the snippets for a key whose value is not known here. */
const keyPlaceholder = "YOUR_KEY";
const noModels = [] as const;
const encodeView = createSerializer(connectParsers);

/** How do I point my tool at it? */
export function ConnectPage() {
  const t = useTranslations("connect");
  const [view, setView] = useConnectView();
  const isAdmin = useIsAdmin();
  const { data: status, isPending: isStatusPending } = useAuthStatus();
  const { data: keyList, error, isPending: areKeysPending, refetch } = useApiKeys();
  const { data: models, isPending: areModelsPending } = useModels();
  const { held } = useHeldKey();
  const keys = useMemo(() => keyList?.keys.filter(({ enabled }) => enabled) ?? [], [keyList]);
  const key = keys.find(({ id }) => id === (view.key ?? held?.id)) ?? (view.key === null ? keys[0] : undefined);
  useNoteConnected(key?.created_at);
  const secret = held !== null && held.id === key?.id ? held.secret : null;
  const client = findClient(view.client) ?? findClient("claude-code");
  const usable = useMemo(() => modelsOfKey(models ?? noModels, key), [models, key]);
  if (client === null) return null;
  const origin = status?.public_url ?? window.location.origin;
  const system = view.os ?? detectSystem(navigator.userAgent);
  const chosen = {
    ...(view.model === null ? {} : { main: view.model }),
    ...(view.fast === null ? {} : { fast: view.fast }),
  };
  const connection = createConnection(client, { origin, key: secret ?? keyPlaceholder, models: usable, chosen });
  const main = client.roles.find(({ id }) => id === "main");
  const testModels = main === undefined ? usable : fittingModels(usable, main);
  // What stands in the snippets depends on all three: shown one by one, each would move what is being read.
  const isWaiting = isStatusPending || areKeysPending || areModelsPending;
  return (
    <>
      <PageHeader title={t("title")} />
      <PageBody className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:items-start lg:gap-8">
        <ClientList
          current={client.id}
          hrefOf={(id) => encodeView("/connect/", { ...view, client: id, model: null, fast: null })}
          onSelect={(id) => void setView({ client: id, model: null, fast: null })}
        />
        <div className="flex min-w-0 max-w-5xl flex-col gap-6">
          {isWaiting ? (
            <Skeleton className="h-160" />
          ) : (
            <>
              {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
              <ConnectStrip
                origin={origin}
                keys={keyList === undefined ? null : keys}
                chosenKey={key}
                onKey={(id) => void setView({ key: id })}
                client={client}
                models={usable}
                connection={connection}
                onModel={(role, id) => void setView(role === "main" ? { model: id } : { fast: id })}
              />
              <ConnectionView
                client={client}
                connection={connection}
                origin={origin}
                keyText={secret ?? keyPlaceholder}
                system={system}
                onSystem={(os) => void setView({ os })}
                test={
                  key !== undefined && (isAdmin || secret !== null) ? (
                    <TestRequest
                      key={`${client.id} ${key.id}`}
                      credential={secret === null ? { kind: "asKey", keyId: key.id } : { kind: "key", secret }}
                      modelIds={
                        connection.models.main === undefined ? testModels.map(({ id }) => id) : [connection.models.main]
                      }
                      protocol={protocolOfClient(client)}
                    />
                  ) : (
                    <Notice>{t(keys.length === 0 ? "testNeedsKey" : "testNeedsValue")}</Notice>
                  )
                }
              />
              <KeyResponsibleUse />
            </>
          )}
        </div>
      </PageBody>
    </>
  );
}
