import * as z from "zod";
import { createMigration } from "./document-migration.js";

const versionOneSchema = z.strictObject({ parts: z.array(z.string()) });

/** The same parts: version 2 says that what the ledger keeps beside its log is in the form it has since then. */
export const markerToVersion2 = createMigration(versionOneSchema, (marker) => marker);
