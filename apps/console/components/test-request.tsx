"use client";

import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useRequestDetail } from "#lib/api/use-requests";
import type { ChatProtocol } from "#lib/chat/conversation";
import { encodeBody } from "#lib/chat/encode-body";
import { type Credential, type Exchange, sendRequest } from "#lib/chat/send-request";
import { nanoAiuPerCredit, useFigures } from "#lib/use-figures";

interface TestRequestProps {
  credential: Credential;
  /** The models that may be asked, best first. */
  modelIds: readonly string[];
  protocol?: ChatProtocol;
  /** Whether the reader may look at the request's record: which token served, and for how much. */
  hasRecord?: boolean;
  onSuccess?: (exchange: Exchange) => void;
}

/** Sends one small request as it would be sent by a client, and shows the answer as it comes. */
export function TestRequest({
  credential,
  modelIds,
  protocol = "chat",
  hasRecord = true,
  onSuccess,
}: TestRequestProps) {
  const t = useTranslations("testRequest");
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const model = modelIds.find((id) => !id.includes("embedding"));
  const send = async () => {
    if (model === undefined) return;
    const controller = new AbortController();
    abort.current = controller;
    setIsRunning(true);
    setExchange(null);
    const done = await sendRequest({
      protocol,
      credential,
      signal: controller.signal,
      body: encodeBody(protocol, {
        model,
        system: "",
        turns: [{ role: "user", parts: [{ kind: "text", text: t("prompt") }] }],
        tools: [],
        parameters: {},
      }),
      onProgress: (progress) => setExchange({ ...progress }),
    });
    setIsRunning(false);
    if (done.answer.error === null && !done.isStopped) onSuccess?.(done);
  };
  return (
    <div className="rounded-lg border">
      <div className="flex flex-wrap items-center gap-3 px-3.5 py-2.5">
        <p className="mr-auto text-small">
          {model === undefined
            ? t("noModel")
            : t.rich("text", { model: () => <code className="font-mono text-label">{model}</code> })}
        </p>
        {isRunning ? (
          <Button variant="secondary" size="small" onClick={() => abort.current?.abort()}>
            <Square aria-hidden />
            {t("stop")}
          </Button>
        ) : (
          <Button variant="secondary" size="small" isDisabled={model === undefined} onClick={() => void send()}>
            <Play aria-hidden />
            {t("send")}
          </Button>
        )}
      </div>
      <div role="status" aria-live="polite">
        {exchange !== null && (
          <TestOutcome exchange={exchange} recordId={hasRecord && !isRunning ? exchange.requestId : null} />
        )}
      </div>
    </div>
  );
}

function TestOutcome({ exchange, recordId }: { exchange: Exchange; recordId: string | null }) {
  const t = useTranslations("testRequest");
  const figures = useFigures();
  const { answer, status, requestId, firstTokenMs, durationMs } = exchange;
  const { data: record } = useRequestDetail(recordId);
  const credits = (record?.nano_aiu ?? 0) / nanoAiuPerCredit;
  const facts = [
    status === null ? null : t("status", { status: String(status) }),
    firstTokenMs === null ? null : t("firstToken", { time: figures.duration(firstTokenMs) }),
    durationMs === null ? null : t("duration", { time: figures.duration(durationMs) }),
    answer.usage === null
      ? null
      : t("tokens", { input: figures.count(answer.usage.input), output: figures.count(answer.usage.output) }),
    record?.token_alias == null ? null : t("token", { alias: record.token_alias }),
    credits > 0 ? t("credits", { amount: figures.amount(credits) }) : null,
    record != null && record.premium_units > 0 ? t("premium", { amount: figures.amount(record.premium_units) }) : null,
    requestId,
  ].filter((fact) => fact !== null);
  return (
    <div className="border-t px-3.5 py-3 text-small">
      {answer.text !== "" && <p className="break-words whitespace-pre-wrap">{answer.text}</p>}
      {answer.error !== null && (
        <p className="text-danger" lang="en">
          {answer.error.message}
        </p>
      )}
      {facts.length > 0 && <p className="mt-1.5 text-label break-all text-foreground-soft">{facts.join(" · ")}</p>}
    </div>
  );
}
