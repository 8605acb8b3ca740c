import { batchesAndFiles } from "./batches-and-files.js";
import { batchesInStatistics } from "./batches-in-statistics.js";
import { billingEntities } from "./billing-entities.js";
import { createTables } from "./create-tables.js";
import { manySetupCodes } from "./many-setup-codes.js";
import type { Migration } from "./migration.js";
import { outputRates } from "./output-rates.js";
import { pairsInStatistics } from "./pairs-in-statistics.js";
import { quotaCycles } from "./quota-cycles.js";
import { recordDurations } from "./record-durations.js";
import { seenSessions } from "./seen-sessions.js";
import { teamsAndInvites } from "./teams-and-invites.js";

/** In order: the first makes version 1. What was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  createTables,
  manySetupCodes,
  pairsInStatistics,
  billingEntities,
  quotaCycles,
  teamsAndInvites,
  seenSessions,
  batchesAndFiles,
  batchesInStatistics,
  recordDurations,
  outputRates,
];
