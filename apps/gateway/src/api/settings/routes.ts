import type { SettingsAdmin } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeIfMatch, decodeSettingsChanges } from "./decode.js";
import { encodeSettings } from "./encode.js";
import { getSettings, updateSettings } from "./operations.js";
import type { StartSettings } from "./schemas.js";

/** What an admin may change while the gateway runs. */
export function addSettingsRoutes(
  app: AdminApp,
  route: RouteFactory,
  settings: SettingsAdmin,
  startSettings: StartSettings,
): void {
  app.openapi(route(getSettings), (context) => {
    const isAdmin = context.get("user").role === "admin";
    // Where things lie on the machine, and what is set there, is for whoever may change it.
    const told = isAdmin ? startSettings : { ...startSettings, variables: [] };
    return context.json(encodeSettings(settings.read(), told), 200);
  });

  app.openapi(route(updateSettings), async (context) => {
    const changes = decodeSettingsChanges(context.req.valid("json"));
    const { "if-match": expected } = context.req.valid("header");
    const changed = await settings.update(actorOf(context), changes, decodeIfMatch(expected));
    return context.json(encodeSettings(changed, startSettings), 200);
  });
}
