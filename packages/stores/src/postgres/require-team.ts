import type { Transaction } from "kysely";
import { createMissingTeam } from "../teams/team-conflicts.js";
import type { DatabaseTables } from "./connection/database-tables.js";

/** Throws `conflict` when the team is not there; otherwise it stays until the transaction ends. */
export async function requireTeam(tables: Transaction<DatabaseTables>, teamId: string): Promise<void> {
  const row = await tables.selectFrom("teams").select("id").where("id", "=", teamId).forKeyShare().executeTakeFirst();
  if (row === undefined) throw createMissingTeam();
}
