import * as z from "zod";
import { createMigration } from "./document-migration.js";

const versionOneSchema = z.strictObject({ settings: z.record(z.string(), z.unknown()) });

/** Version 1 began without these three, and got them one by one. */
const addedSettings = {
  modelFallbacks: {},
  keyDefaults: {
    allowedModels: null,
    limits: {
      maxRequests: null,
      maxPremiumRequests: null,
      maxCredits: null,
      limitPeriod: "lifetime",
      requestsPerMinute: null,
      tokensPerMinute: null,
      maxConcurrency: null,
    },
    recording: null,
  },
  legacyKeyEnabled: true,
};

/** Version 2 always has every setting. */
export const settingsToVersion2 = createMigration(versionOneSchema, ({ settings }) => ({
  settings: { ...addedSettings, ...settings },
}));
