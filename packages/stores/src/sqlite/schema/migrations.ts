import { batchesAndFiles } from "./batches-and-files.js";
import { batchesInStatistics } from "./batches-in-statistics.js";
import { countingInSlices } from "./counting-in-slices.js";
import { createTables } from "./create-tables.js";
import type { Migration } from "./migration.js";
import { outputRates } from "./output-rates.js";
import { withoutTimeIndex } from "./without-time-index.js";

/** In order: the first makes version 1. What was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  createTables,
  batchesAndFiles,
  withoutTimeIndex,
  batchesInStatistics,
  outputRates,
  countingInSlices,
];
