import * as z from "zod";
import { createMigration } from "./document-migration.js";

const record = z.record(z.string(), z.unknown());
const versionOneSchema = z.strictObject({
  users: z.array(record),
  sessions: z.array(record),
  setupCodeHash: z.string().nullable(),
});

/** Version 2 knows when setup codes expire. The one that was there is not taken along: a start prints another link. */
export const usersToVersion2 = createMigration(versionOneSchema, ({ users, sessions }) => ({
  users,
  sessions,
  setupCodes: [],
}));
