"use client";

import { createConnection, decodeConnectModels, findClient } from "@copilot-llm/connect";
import { keyRates } from "@copilot-llm/quota/key-limits";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "#components/brand";
import { PageTitle } from "#components/page-header";
import { LocaleMenu, ThemeMenu } from "#components/preference-menus";
import { RelativeTime } from "#components/relative-time";
import { TestRequest } from "#components/test-request";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { ClientPicker } from "#features/connect/client-list";
import { ConnectionView } from "#features/connect/connection-view";
import { KeyState } from "#features/keys/key-state";
import { BudgetBar } from "#features/keys/key-usage";
import { useAuthStatus } from "#lib/api/use-auth";
import { type OwnKey, useOwnModels } from "#lib/api/use-own-key";
import { useFigures } from "#lib/use-figures";
import { protocolOfClient } from "../connect/protocol-of-client";
import { detectSystem } from "../connect/use-connect-view";
import { budgetsOf, nextResetMs } from "../keys/map-key-state";
import { OwnSeat } from "./own-seat";
import { OwnSessionsCard, OwnUsageCard } from "./own-use";

interface OwnKeyViewProps {
  ownKey: OwnKey;
  secret: string;
  attempt: number;
  onForget: () => void;
}

/** The holder's page: what is left, what may be used, and how a tool is pointed here. */
export function OwnKeyView({ ownKey, secret, attempt, onForget }: OwnKeyViewProps) {
  const t = useTranslations("my");
  return (
    <div className="min-h-dvh">
      <PageTitle title={t("title")} />
      <header className="flex h-14 items-center justify-between gap-2 px-4 sm:px-6">
        <Brand />
        <div className="flex gap-1">
          <Button variant="ghost" size="small" onClick={onForget}>
            {t("forget")}
          </Button>
          <LocaleMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className="mx-auto flex max-w-3xl flex-col gap-6 px-4 pt-4 pb-16">
        <h1 className="text-title font-semibold tracking-tight break-words">{ownKey.alias}</h1>
        <Limits ownKey={ownKey} />
        <OwnUsageCard secret={secret} attempt={attempt} />
        {ownKey.sees_sessions && <OwnSessionsCard secret={secret} attempt={attempt} />}
        <OwnConnection secret={secret} attempt={attempt} />
        {ownKey.seat_token_id !== null && <OwnSeat secret={secret} onLeft={onForget} />}
      </main>
    </div>
  );
}

function Limits({ ownKey }: { ownKey: OwnKey }) {
  const t = useTranslations("my");
  const tUsage = useTranslations("keys.usage");
  const figures = useFigures();
  const budgets = budgetsOf(ownKey);
  const limited = budgets.flatMap((budget) => (budget.limit === null ? [] : [{ ...budget, limit: budget.limit }]));
  const rates = keyRates.flatMap(({ name }) => {
    const limit = ownKey[name];
    return limit === null ? [] : [tUsage(`rates.${name}`, { limit: figures.count(limit) })];
  });
  const resetMs = nextResetMs(ownKey, Date.now());
  return (
    <Card aria-labelledby="limits">
      <CardHeader id="limits" title={t("limits")}>
        <KeyState apiKey={ownKey} />
      </CardHeader>
      <div className="flex flex-col gap-4 p-4 text-small">
        {limited.map((budget) => (
          <BudgetBar key={budget.name} budget={budget} />
        ))}
        {limited.length === 0 && <p>{t("noLimit", { count: ownKey.current_requests })}</p>}
        <ul className="flex flex-col gap-1 text-foreground-soft">
          <li>{tUsage(`per.${ownKey.limit_period}`)}</li>
          {resetMs !== null && (
            <li>{t.rich("resets", { time: () => <RelativeTime time={new Date(resetMs).toISOString()} /> })}</li>
          )}
          {rates.length > 0 && <li>{rates.join(" · ")}</li>}
          {ownKey.expires_at !== null && (
            <li>{t.rich("expires", { time: () => <RelativeTime time={ownKey.expires_at ?? ""} /> })}</li>
          )}
          <li>{ownKey.allowed_models === null ? t("allModels") : ownKey.allowed_models.join(", ")}</li>
        </ul>
      </div>
    </Card>
  );
}

function OwnConnection({ secret, attempt }: { secret: string; attempt: number }) {
  const { data: status } = useAuthStatus();
  const { data: list } = useOwnModels(secret, attempt);
  const [clientId, setClientId] = useState("claude-code");
  const [system, setSystem] = useState(() => detectSystem(navigator.userAgent));
  const client = findClient(clientId);
  if (client === null) return null;
  const origin = status?.public_url ?? window.location.origin;
  const models = decodeConnectModels(list);
  const connection = createConnection(client, { origin, key: secret, models });
  const { main } = connection.models;
  return (
    <>
      <ClientPicker current={clientId} onSelect={setClientId} />
      <ConnectionView
        client={client}
        connection={connection}
        origin={origin}
        keyText={secret}
        system={system}
        onSystem={setSystem}
        test={
          <TestRequest
            hasRecord={false}
            key={client.id}
            credential={{ kind: "key", secret }}
            modelIds={main === undefined ? models.map(({ id }) => id) : [main]}
            protocol={protocolOfClient(client)}
          />
        }
      />
    </>
  );
}
