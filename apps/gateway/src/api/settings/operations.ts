import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { ifMatchHeader, settingsView, updateSettingsBody } from "./schemas.js";

const path = "/api/admin/settings";

export const getSettings = operation({
  method: "get",
  path,
  "x-access": "user",
  operationId: "getSettings",
  summary: "Get the settings",
  description:
    "Gets what an admin may change while the gateway runs, and, in `start_settings`, what the environment said at its start.",
  responses: { 200: json(settingsView, "The settings in force.", examples.settingsView) },
});

export const updateSettings = operation({
  method: "patch",
  path,
  "x-access": "admin",
  operationId: "updateSettings",
  summary: "Change the settings",
  description:
    "Changes the fields that the body names and keeps all others. `model_aliases` and `model_fallbacks` are replaced as a whole. Read `batches.note` before turning batches on. With `If-Match` it answers 409 when somebody has changed the settings meanwhile.",
  request: {
    headers: ifMatchHeader,
    ...jsonBody(updateSettingsBody, "The fields to change.", examples.updateSettingsBody),
  },
  responses: { 200: json(settingsView, "The settings after the change, in force from now on.", examples.settingsView) },
  "x-errors": ["conflict"],
});
