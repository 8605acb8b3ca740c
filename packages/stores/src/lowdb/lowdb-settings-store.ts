import { defaultSettings, type Settings } from "@copilot-llm/model";
import * as z from "zod";
import type { SettingsStore } from "../interfaces/settings-store.js";
import { openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";
import type { DocumentFormat } from "./migrations/document-migration.js";
import { settingsToVersion2 } from "./migrations/settings-to-version-2.js";

const recording = z.enum(["full", "metadata", "off"]).nullable();

const schema = z.strictObject({
  settings: z.strictObject({
    routingStrategy: z.enum(["round_robin", "most_remaining", "fill_first"]),
    modelAliases: z.record(z.string(), z.string()),
    modelFallbacks: z.record(z.string(), z.array(z.string())),
    keyDefaults: z.strictObject({ allowedModels: z.array(z.string()).nullable(), limits: keyLimitsSchema, recording }),
    recording,
    recordingRetentionDays: z.number().nullable(),
    legacyKeyEnabled: z.boolean(),
  }),
});

export const settingsFormat: DocumentFormat<{ settings: Settings }> = { schema, migrations: [settingsToVersion2] };

export async function openSettingsStore(
  path: string,
): Promise<{ readonly store: SettingsStore; close(): Promise<void> }> {
  const document = await openJsonDocument<Settings, { settings: Settings }>({
    path,
    format: settingsFormat,
    empty: defaultSettings,
    decode: ({ settings }) => settings,
    encode: (settings) => ({ settings }),
  });
  const store: SettingsStore = {
    async read() {
      return document.data;
    },
    update(edit) {
      return document.update((settings) => {
        const changed = { ...settings, ...edit(settings) };
        return { data: changed, result: changed };
      });
    },
  };
  return { store, close: () => document.close() };
}
