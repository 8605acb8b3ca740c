import { nanoAiuPerCredit } from "@copilot-llm/model";
import type { SessionFilter } from "@copilot-llm/stores";
import type { z } from "@hono/zod-openapi";
import { withoutUndefined } from "../route/without-undefined.js";
import type { requestListQuery } from "./schemas.js";

type FilterQuery = Omit<z.output<typeof requestListQuery>, "limit" | "cursor">;

export function decodeRequestFilter(query: FilterQuery): SessionFilter {
  const { model, key, token, status, protocol, code, client, session, text, from, to } = query;
  const { min_ms: minDurationMs, min_credits: minCredits } = query;
  return withoutUndefined({
    model,
    key,
    tokenId: token,
    outcome: status,
    protocol,
    errorCode: code,
    client,
    conversationId: session,
    text: text === "" ? undefined : text,
    fromMs: from === undefined ? undefined : Date.parse(from),
    toMs: to === undefined ? undefined : Date.parse(to),
    minDurationMs,
    minNanoAiu: minCredits === undefined ? undefined : Math.max(1, Math.round(minCredits * nanoAiuPerCredit)),
  });
}
