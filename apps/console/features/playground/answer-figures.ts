import type { RequestDetail } from "#lib/api/use-requests";
import type { Exchange } from "#lib/chat/send-request";
import { nanoAiuPerCredit } from "#lib/use-figures";

/** What an answer cost, in the unit in which it is billed. */
export interface AnswerCost {
  unit: "credits" | "premium";
  amount: number;
}

/** What answers are compared by; null for what is not known (yet). */
export interface AnswerFigures {
  firstTokenMs: number | null;
  tokensPerSecond: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  cost: AnswerCost | null;
}

/** So long a stream has to take for its speed to say something. */
const minStreamMs = 50;

export function readAnswerFigures(exchange: Exchange, record: RequestDetail | null): AnswerFigures {
  const { answer, firstTokenMs, durationMs } = exchange;
  const outputTokens = answer.usage?.output ?? record?.output_tokens ?? null;
  const streamMs = (durationMs ?? 0) - (firstTokenMs ?? 0);
  return {
    firstTokenMs,
    tokensPerSecond:
      outputTokens !== null && outputTokens > 1 && streamMs > minStreamMs ? (outputTokens / streamMs) * 1_000 : null,
    inputTokens: answer.usage?.input ?? record?.input_tokens ?? null,
    outputTokens,
    cost: record === null ? null : readCost(record),
  };
}

/** What a request cost; of what is not billed by credits the premium units, though there may be none. */
export function readCost({ nano_aiu: nanoAiu, premium_units: units }: RequestDetail): AnswerCost {
  return nanoAiu === null || (nanoAiu === 0 && units > 0)
    ? { unit: "premium", amount: units }
    : { unit: "credits", amount: nanoAiu / nanoAiuPerCredit };
}

export type ComparedFigure = "firstTokenMs" | "tokensPerSecond" | "cost";

/** By what each of several answers is the best. Nothing is the best of one, or of two that are the same. */
export function findBest(all: readonly (AnswerFigures | null)[]): readonly ReadonlySet<ComparedFigure>[] {
  const units = new Set(all.flatMap((one) => (one?.cost != null && one.cost.amount > 0 ? [one.cost.unit] : [])));
  const ranks: Readonly<Record<ComparedFigure, readonly (number | null)[]>> = {
    // As finely as they are shown: of two that look the same, neither is marked.
    firstTokenMs: all.map((one) => (one?.firstTokenMs == null ? null : Math.round(one.firstTokenMs))),
    tokensPerSecond: all.map((one) => (one?.tokensPerSecond == null ? null : -Math.round(one.tokensPerSecond))),
    // Credits and premium units do not compare.
    cost: all.map((one) => (units.size > 1 ? null : (one?.cost?.amount ?? null))),
  };
  const best = all.map(() => new Set<ComparedFigure>());
  for (const figure of ["firstTokenMs", "tokensPerSecond", "cost"] as const) {
    const values = ranks[figure].filter((value) => value !== null);
    const least = Math.min(...values);
    if (values.length < 2 || values.every((value) => value === least)) continue;
    for (const [index, value] of ranks[figure].entries()) if (value === least) best[index]?.add(figure);
  }
  return best;
}
