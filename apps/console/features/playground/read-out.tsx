"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { useProtocolName } from "#components/protocol-name";
import { useRequestDetail } from "#lib/api/use-requests";
import type { Exchange } from "#lib/chat/send-request";
import { nanoAiuPerCredit, useFigures } from "#lib/use-figures";
import { readAnswerFigures } from "./answer-figures";

/** Under an answer: the token that served, tokens, cost, times, and the way to its record. */
export function ReadOut({ exchange }: { exchange: Exchange }) {
  const t = useTranslations("playground.readOut");
  const figures = useFigures();
  const protocolName = useProtocolName();
  const { requestId, answer, firstTokenMs, durationMs } = exchange;
  const { data: record } = useRequestDetail(requestId);
  const usage = answer.usage;
  const { tokensPerSecond } = readAnswerFigures(exchange, record ?? null);
  const credits = record?.nano_aiu == null ? 0 : record.nano_aiu / nanoAiuPerCredit;
  const isTranslated = record?.wire != null && record.wire !== record.protocol;
  const parts = [
    record?.token_alias == null ? null : t("token", { alias: record.token_alias }),
    usage === null
      ? null
      : t("tokens", {
          input: figures.compact(usage.input),
          cached: figures.compact(usage.cached),
          output: figures.compact(usage.output),
        }),
    usage === null || usage.reasoning === 0 ? null : t("reasoning", { count: figures.compact(usage.reasoning) }),
    credits > 0 ? t("credits", { amount: figures.amount(credits), dollars: figures.dollars(credits) }) : null,
    record != null && record.premium_units > 0 ? t("premium", { count: figures.amount(record.premium_units) }) : null,
    firstTokenMs === null ? null : t("firstToken", { time: figures.duration(firstTokenMs) }),
    durationMs === null ? null : t("duration", { time: figures.duration(durationMs) }),
    tokensPerSecond === null ? null : t("speed", { count: figures.count(Math.round(tokensPerSecond)) }),
    isTranslated
      ? t("translated", { from: protocolName(record?.protocol ?? ""), to: protocolName(record?.wire ?? "") })
      : null,
  ].filter((part) => part !== null);
  if (parts.length === 0 && requestId === null) return null;
  return (
    <p data-label className="mt-1.5 flex flex-wrap gap-x-2 gap-y-0.5 text-label text-foreground-soft tabular-nums">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {record != null && (
        <Link
          href={`/sessions/?tab=requests&request=${encodeURIComponent(record.id)}`}
          prefetch={false}
          className="text-accent hover:underline"
        >
          {t("record")}
        </Link>
      )}
    </p>
  );
}
