import type { QuotaCycle } from "@copilot-llm/model";
import type { Selectable } from "kysely";
import type { QuotaCycleStore } from "../interfaces/quota-cycle-store.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";

export function createQuotaCycleStore(database: DatabaseAccess): QuotaCycleStore {
  return {
    async note(cycles) {
      // One after the other and in one order, so that gateways do not wait for each other in a circle.
      const rows = cycles.map(encodeCycle).sort(byPrimaryKey);
      if (rows.length === 0) return;
      await database.change(async (tables) => {
        for (const row of rows) {
          const { name, entitlement, last_seen_at_ms, used, used_here } = row;
          await tables
            .insertInto("quota_cycles")
            .values(row)
            .onConflict((conflict) =>
              conflict
                .columns(["entity_id", "unit", "reset_at_ms"])
                .doUpdateSet({ name, entitlement, last_seen_at_ms, used, used_here })
                .where("quota_cycles.last_seen_at_ms", "<=", last_seen_at_ms),
            )
            .execute();
        }
      });
    },
    async list(fromMs) {
      const rows = await database.read((tables) =>
        tables
          .selectFrom("quota_cycles")
          .selectAll()
          .where("reset_at_ms", ">=", fromMs)
          .orderBy("reset_at_ms", "desc")
          .orderBy("entity_id")
          .execute(),
      );
      return rows.map(decodeCycle);
    },
  };
}

type CycleRow = Selectable<DatabaseTables["quota_cycles"]>;

function byPrimaryKey(one: CycleRow, other: CycleRow): number {
  if (one.entity_id !== other.entity_id) return one.entity_id < other.entity_id ? -1 : 1;
  if (one.unit !== other.unit) return one.unit < other.unit ? -1 : 1;
  return one.reset_at_ms - other.reset_at_ms;
}

function encodeCycle(cycle: QuotaCycle): CycleRow {
  return {
    entity_id: cycle.entityId,
    unit: cycle.unit,
    reset_at_ms: cycle.resetAtMs,
    name: cycle.name,
    entitlement: cycle.entitlement,
    first_seen_at_ms: cycle.firstSeenAtMs,
    used_elsewhere_at_first: cycle.usedElsewhereAtFirst,
    last_seen_at_ms: cycle.lastSeenAtMs,
    used: cycle.used,
    used_here: cycle.usedHere,
  };
}

function decodeCycle(row: CycleRow): QuotaCycle {
  return {
    entityId: row.entity_id,
    name: row.name,
    unit: row.unit,
    resetAtMs: row.reset_at_ms,
    entitlement: row.entitlement,
    firstSeenAtMs: row.first_seen_at_ms,
    usedElsewhereAtFirst: row.used_elsewhere_at_first,
    lastSeenAtMs: row.last_seen_at_ms,
    used: row.used,
    usedHere: row.used_here,
  };
}
