import type { SettingsAdmin } from "@copilot-llm/provider";
import type { StartSettings } from "../admin-api/index.js";
import { settingsView, updateSettingsBody } from "../admin-api/settings-schemas.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { decodeSettingsChanges } from "./decode-settings-body.js";
import { encodeSettings } from "./encode-settings.js";

const path = "/api/admin/settings";

/** What an admin may change while the gateway runs. */
export function addSettingsRoutes(
  app: AdminApp,
  route: RouteFactory,
  settings: SettingsAdmin,
  startSettings: StartSettings,
): void {
  app.openapi(
    route("user", { method: "get", path, responses: { 200: json(settingsView, "The settings in force") } }),
    (context) => context.json(encodeSettings(settings.read(), startSettings), 200),
  );

  app.openapi(
    route("admin", {
      method: "patch",
      path,
      request: jsonBody(updateSettingsBody, "What is to change; aliases and fallbacks are replaced as a whole"),
      responses: { 200: json(settingsView, "The settings, in force from now on") },
    }),
    async (context) => {
      const changes = decodeSettingsChanges(context.req.valid("json"));
      const changed = await settings.update(context.get("user").username, changes);
      return context.json(encodeSettings(changed, startSettings), 200);
    },
  );
}
