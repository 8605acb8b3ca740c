import { defaultSettings, routingStrategies, type Settings } from "@copilot-llm/model";
import * as z from "zod";
import type { SettingsStore } from "../interfaces/settings-store.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type KeepsEvents, openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const recording = z.enum(["full", "metadata", "off"]).nullable();

const schema = z.strictObject({
  settings: z.strictObject({
    routingStrategy: z.enum(routingStrategies),
    modelAliases: z.record(z.string(), z.string()),
    modelFallbacks: z.record(z.string(), z.array(z.string())),
    keyDefaults: z.strictObject({ allowedModels: z.array(z.string()).nullable(), limits: keyLimitsSchema, recording }),
    recording,
    recordingRetentionDays: z.number().nullable(),
    legacyKeyEnabled: z.boolean(),
    // Not there in what earlier versions wrote.
    viewersSeePrompts: z.boolean().default(defaultSettings.viewersSeePrompts),
    holdersSeeSessions: z.boolean().default(defaultSettings.holdersSeeSessions),
    // Absent where it was written before there were batches.
    batches: z
      .strictObject({
        enabled: z.boolean(),
        maxInPool: z.number(),
        maxPerToken: z.number(),
        quietHours: z.array(z.number()),
      })
      .default({ ...defaultSettings.batches, quietHours: [] }),
  }),
  events: keptEventsSchema,
});

interface StoredSettings extends KeepsEvents {
  settings: Settings;
}

export const settingsFormat: DocumentFormat<StoredSettings> = { schema, migrations: [] };

export async function openSettingsStore(
  path: string,
  context: DocumentContext,
): Promise<{ readonly store: SettingsStore; close(): Promise<void> }> {
  const document = await openJsonDocument<Settings, StoredSettings>({
    path,
    format: settingsFormat,
    ...context,
    empty: defaultSettings,
    decode: ({ settings }) => settings,
    encode: (settings) => ({ settings }),
  });
  const store: SettingsStore = {
    async read() {
      return document.data;
    },
    update(edit, audited) {
      return document.update((settings) => {
        const changed = { ...settings, ...edit(settings) };
        return { data: changed, result: changed, event: audited?.(changed) };
      });
    },
  };
  return { store, close: () => document.close() };
}
