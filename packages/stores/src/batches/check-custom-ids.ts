import { GatewayError } from "@copilot-llm/model";
import type { ItemToAdd } from "../interfaces/batch-store.js";
import { isStorable } from "../stored-text/storable-text.js";

/** Throws `invalid_request` for an id that no backend could give back as it was. */
export function checkCustomIds(items: readonly ItemToAdd[]): void {
  for (const { customId } of items) {
    if (isStorable(customId)) continue;
    throw new GatewayError("invalid_request", "A custom id holds characters that cannot be stored.", {
      param: "custom_id",
    });
  }
}
