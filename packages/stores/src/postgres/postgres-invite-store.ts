import { type Clock, GatewayError, type Invite, noLimits } from "@copilot-llm/model";
import type { Insertable, Selectable, Transaction } from "kysely";
import type { InviteStore } from "../interfaces/invite-store.js";
import { isOpenInvite } from "../teams/is-open-invite.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import { mapTaken } from "./map-taken.js";
import { recordChange } from "./postgres-audit-store.js";
import { requireTeam } from "./require-team.js";

const conflicts = {
  invites_pkey: "There is such an invitation already.",
  invites_code: "There is such an invitation already.",
};

export function createInviteStore(database: DatabaseAccess, clock: Clock): InviteStore {
  async function requireTeamWhileOpen(tables: Transaction<DatabaseTables>, invite: Invite): Promise<void> {
    const { teamId } = invite.key;
    if (teamId !== null && isOpenInvite(invite, clock.nowMs())) await requireTeam(tables, teamId);
  }

  return {
    async findByHash(codeHash) {
      const row = await database.read((tables) =>
        tables.selectFrom("invites").selectAll().where("code_hash", "=", codeHash).executeTakeFirst(),
      );
      return row === undefined ? null : decodeInvite(row);
    },
    async list() {
      const rows = await database.read((tables) =>
        tables.selectFrom("invites").selectAll().orderBy("position").execute(),
      );
      return rows.map(decodeInvite);
    },
    create(invite, audited) {
      return mapTaken(conflicts, () =>
        database.change(async (tables) => {
          await requireTeamWhileOpen(tables, invite);
          const values = { ...encodeInvite(invite), id: invite.id, created_at_ms: invite.createdAtMs };
          await tables.insertInto("invites").values(values).execute();
          await recordChange(tables, audited, invite);
        }),
      );
    },
    update(id, edit, audited) {
      return database.change(async (tables) => {
        const row = await tables.selectFrom("invites").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
        if (row === undefined) throw new GatewayError("not_found", "There is no such invitation.");
        const current = decodeInvite(row);
        const invite = { ...current, ...edit(current) };
        await requireTeamWhileOpen(tables, invite);
        await tables.updateTable("invites").set(encodeInvite(invite)).where("id", "=", id).execute();
        await recordChange(tables, audited, invite);
        return invite;
      });
    },
    remove(id, audited) {
      return database.change(async (tables) => {
        const row = await tables.deleteFrom("invites").where("id", "=", id).returningAll().executeTakeFirst();
        if (row === undefined) return false;
        await recordChange(tables, audited, decodeInvite(row));
        return true;
      });
    },
  };
}

function encodeInvite(invite: Invite): Omit<Insertable<DatabaseTables["invites"]>, "id" | "created_at_ms"> {
  return {
    code_hash: invite.codeHash,
    name: invite.name,
    created_by: invite.createdBy,
    expires_at_ms: invite.expiresAtMs,
    key: JSON.stringify(invite.key),
    serves_owner_first: invite.servesOwnerFirst,
    claimed_until_ms: invite.claimedUntilMs,
    joined: invite.joined === null ? null : JSON.stringify(invite.joined),
  };
}

function decodeInvite(row: Selectable<DatabaseTables["invites"]>): Invite {
  return {
    id: row.id,
    codeHash: row.code_hash,
    name: row.name,
    createdAtMs: row.created_at_ms,
    createdBy: row.created_by,
    expiresAtMs: row.expires_at_ms,
    key: { ...row.key, limits: { ...noLimits, ...row.key.limits } },
    servesOwnerFirst: row.serves_owner_first,
    claimedUntilMs: row.claimed_until_ms,
    joined: row.joined,
  };
}
