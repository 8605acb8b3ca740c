import { GatewayError } from "@copilot-llm/model";
import type { GatewayContext } from "../../http/request-context.js";

/** How many entries a page is to have. Throws `invalid_request`. */
export function parseLimit(context: GatewayContext, defaultLimit: number, maxLimit: number): number {
  const text = context.req.query("limit");
  const limit = text === undefined ? defaultLimit : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxLimit) return limit;
  throw new GatewayError("invalid_request", `\`limit\` must be a whole number from 1 to ${maxLimit}.`, {
    param: "limit",
  });
}

/** One entry more than the page holds tells that there are more. */
export function cutPage<Entry>(
  entries: readonly Entry[],
  limit: number,
): { readonly page: readonly Entry[]; readonly hasMore: boolean } {
  return { page: entries.slice(0, limit), hasMore: entries.length > limit };
}
