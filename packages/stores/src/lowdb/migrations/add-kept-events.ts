import * as z from "zod";
import { createMigration } from "./document-migration.js";

/** From here on a document keeps the events of its own changes until the trail's log has them. */
export const addKeptEvents = createMigration(z.record(z.string(), z.unknown()), (earlier) => ({
  ...earlier,
  events: [],
}));
