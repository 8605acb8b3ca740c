import { defaultSettings, type Settings } from "@copilot-llm/model";
import * as z from "zod";
import type { SettingsStore } from "../settings-store.js";
import { openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";

const recording = z.enum(["full", "metadata", "off"]).nullable();

const schema = z.strictObject({
  settings: z.strictObject({
    routingStrategy: z.enum(["round_robin", "most_remaining", "fill_first"]),
    modelAliases: z.record(z.string(), z.string()),
    modelFallbacks: z.record(z.string(), z.array(z.string())).default({}),
    keyDefaults: z
      .strictObject({ allowedModels: z.array(z.string()).nullable(), limits: keyLimitsSchema, recording })
      .default({ ...defaultSettings.keyDefaults, allowedModels: null }),
    recording,
    recordingRetentionDays: z.number().nullable(),
    legacyKeyEnabled: z.boolean().default(true),
  }),
});

export async function openSettingsStore(
  path: string,
): Promise<{ readonly store: SettingsStore; close(): Promise<void> }> {
  const document = await openJsonDocument<Settings, { settings: Settings }>({
    path,
    schema,
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
