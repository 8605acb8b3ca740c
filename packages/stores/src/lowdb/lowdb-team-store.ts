import { GatewayError, type Team } from "@copilot-llm/model";
import * as z from "zod";
import type { TeamStore } from "../interfaces/team-store.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type JsonDocument, type KeepsEvents, openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const schema = z.strictObject({
  teams: z.array(
    z.strictObject({ id: z.string(), name: z.string(), createdAtMs: z.number(), limits: keyLimitsSchema }),
  ),
  events: keptEventsSchema,
});

interface StoredTeams extends KeepsEvents {
  teams: Team[];
}

export const teamsFormat: DocumentFormat<StoredTeams> = { schema, migrations: [] };

export interface OpenTeamStore {
  readonly store: TeamStore;
  /** Whether it is there, and stays even if the process ends now. */
  hasTeam(teamId: string): boolean;
  close(): Promise<void>;
}

/** `requireUnused` throws while anything names the team, or may come to when the process ends now. */
export async function openTeamStore(
  path: string,
  context: DocumentContext,
  requireUnused: (teamId: string) => void,
): Promise<OpenTeamStore> {
  const document = await openJsonDocument<readonly Team[], StoredTeams>({
    path,
    format: teamsFormat,
    ...context,
    empty: [],
    decode: ({ teams }) => teams,
    encode: (teams) => ({ teams: [...teams] }),
  });
  return {
    store: createTeamStore(document, requireUnused),
    hasTeam: (teamId) => document.possible.every((teams) => teams.some(({ id }) => id === teamId)),
    close: () => document.close(),
  };
}

function createTeamStore(document: JsonDocument<readonly Team[]>, requireUnused: (teamId: string) => void): TeamStore {
  return {
    async find(id) {
      return document.data.find((team) => team.id === id) ?? null;
    },
    async list() {
      return document.data;
    },
    create(team, audited) {
      return document.update((teams) => {
        rejectTaken(teams, team);
        return { data: [...teams, team], result: undefined, event: audited?.(team) };
      });
    },
    update(id, edit, audited) {
      return document.update((teams) => {
        const current = teams.find((team) => team.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no team with this id.");
        const changed = { ...current, ...edit(current) };
        const others = teams.filter((team) => team !== current);
        rejectTaken(others, changed);
        const data = teams.map((team) => (team === current ? changed : team));
        return { data, result: changed, event: audited?.(changed) };
      });
    },
    remove(id, audited) {
      return document.update((teams) => {
        const current = teams.find((team) => team.id === id);
        if (current === undefined) return { result: false };
        requireUnused(id);
        return { data: teams.filter((team) => team !== current), result: true, event: audited?.(current) };
      });
    },
  };
}

function rejectTaken(teams: readonly Team[], { id, name }: Team): void {
  for (const team of teams) {
    if (team.id === id) throw new GatewayError("conflict", "There is such a team already.");
    if (team.name.toLowerCase() === name.toLowerCase()) {
      throw new GatewayError("conflict", `There is a team called "${team.name}" already.`);
    }
  }
}
