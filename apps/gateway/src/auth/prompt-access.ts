import { GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { GatewayContext } from "../http/request-context.js";

/** Where the setting stands that keeps what was said from viewers. */
export type PromptSettings = Pick<Provider["settings"], "read">;

/** Whether whoever is signed in may see what was asked and answered. */
export function maySeePrompts(context: GatewayContext, settings: PromptSettings): boolean {
  return context.get("user").role === "admin" || settings.read().viewersSeePrompts;
}

/** Throws `permission_denied` for a viewer who may not see what was said. */
export function assertMaySeePrompts(context: GatewayContext, settings: PromptSettings): void {
  if (maySeePrompts(context, settings)) return;
  throw new GatewayError("permission_denied", "What was said in requests is for admins only, as the settings have it.");
}
