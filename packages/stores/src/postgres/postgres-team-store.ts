import { type Clock, GatewayError, noLimits, type Team } from "@copilot-llm/model";
import { type Insertable, type Selectable, sql, type Transaction } from "kysely";
import type { TeamStore } from "../interfaces/team-store.js";
import { createTeamInUse } from "../teams/team-conflicts.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import { mapTaken } from "./map-taken.js";
import { recordChange } from "./postgres-audit-store.js";

export function createTeamStore(database: DatabaseAccess, clock: Clock): TeamStore {
  return {
    async find(id) {
      const row = await database.read((tables) =>
        tables.selectFrom("teams").selectAll().where("id", "=", id).executeTakeFirst(),
      );
      return row === undefined ? null : decodeTeam(row);
    },
    async list() {
      const rows = await database.read((tables) =>
        tables.selectFrom("teams").selectAll().orderBy("position").execute(),
      );
      return rows.map(decodeTeam);
    },
    create(team, audited) {
      return mapTaken(conflicts(team.name), () =>
        database.change(async (tables, announce) => {
          await tables
            .insertInto("teams")
            .values({ ...encodeTeam(team), id: team.id, created_at_ms: team.createdAtMs })
            .execute();
          await recordChange(tables, audited, team);
          announce({ kind: "team_stored", teamId: team.id });
        }),
      );
    },
    update(id, edit, audited) {
      return database.change(async (tables, announce) => {
        const row = await tables.selectFrom("teams").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
        if (row === undefined) throw new GatewayError("not_found", "There is no team with this id.");
        const current = decodeTeam(row);
        const team = { ...current, ...edit(current) };
        await mapTaken(conflicts(team.name), () =>
          tables.updateTable("teams").set(encodeTeam(team)).where("id", "=", id).execute(),
        );
        await recordChange(tables, audited, team);
        announce({ kind: "team_stored", teamId: id });
        return team;
      });
    },
    remove(id, audited) {
      return database.change(async (tables, announce) => {
        // Whoever is about to name it holds it until that can be seen, or waits and finds it gone: see `requireTeam`.
        const row = await tables.selectFrom("teams").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
        if (row === undefined) return false;
        await requireUnused(tables, id, clock.nowMs());
        await tables.deleteFrom("teams").where("id", "=", id).execute();
        await recordChange(tables, audited, decodeTeam(row));
        announce({ kind: "team_stored", teamId: id });
        return true;
      });
    },
  };
}

async function requireUnused(tables: Transaction<DatabaseTables>, teamId: string, nowMs: number): Promise<void> {
  const key = await tables.selectFrom("api_keys").select("id").where("team_id", "=", teamId).executeTakeFirst();
  if (key !== undefined) throw createTeamInUse("keys");
  const invite = await tables
    .selectFrom("invites")
    .select("id")
    .where(sql<string>`key ->> 'teamId'`, "=", teamId)
    .where("joined", "is", null)
    .where("expires_at_ms", ">", nowMs)
    .executeTakeFirst();
  if (invite !== undefined) throw createTeamInUse("invites");
}

function conflicts(name: string) {
  return { teams_pkey: "There is such a team already.", teams_name: `There is a team called "${name}" already.` };
}

function encodeTeam({ name, limits }: Team): Omit<Insertable<DatabaseTables["teams"]>, "id" | "created_at_ms"> {
  return { name, name_key: name.toLowerCase(), limits: JSON.stringify(limits) };
}

function decodeTeam({ id, name, created_at_ms: createdAtMs, limits }: Selectable<DatabaseTables["teams"]>): Team {
  // A limit that came later than the row is none.
  return { id, name, createdAtMs, limits: { ...noLimits, ...limits } };
}
