import type { ChangeOrigin, StoreChange } from "../interfaces/change-feed.js";

export const changeChannel = "copilot_llm_changes";
/** PostgreSQL takes less than 8000 bytes. */
export const maxMessageBytes = 7999;

/** What a notification carries: who tells, and what. */
export function encodeChange(gatewayId: string, change: StoreChange): string {
  return JSON.stringify({ by: gatewayId, change });
}

/** Null when it is none of ours. Gateways of other versions may tell kinds that are not known here; they pass. */
export function decodeChange(
  message: string,
  gatewayId: string,
): { readonly change: StoreChange; readonly origin: ChangeOrigin } | null {
  try {
    const { by, change } = JSON.parse(message) as { readonly by: string; readonly change: StoreChange };
    return { change, origin: by === gatewayId ? "here" : "elsewhere" };
  } catch {
    return null;
  }
}
