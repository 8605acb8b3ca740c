import { GatewayError } from "@copilot-llm/model";
import type { BulkResult } from "./bulk-schemas.js";

/** Applies a verb to each id once, one after the other. One that is refused does not stop the rest; a bug does. */
export async function applyToEach(ids: readonly string[], verb: (id: string) => Promise<unknown>): Promise<BulkResult> {
  let done = 0;
  const failed: BulkResult["failed"] = [];
  for (const id of new Set(ids)) {
    try {
      await verb(id);
      done += 1;
    } catch (error) {
      const { code, message } = GatewayError.from(error);
      if (code === "internal") throw error;
      failed.push({ id, code, message });
    }
  }
  return { done, failed };
}
