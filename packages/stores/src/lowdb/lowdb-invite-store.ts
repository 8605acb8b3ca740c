import { type Clock, GatewayError, type Invite } from "@copilot-llm/model";
import * as z from "zod";
import type { InviteStore } from "../interfaces/invite-store.js";
import { isOpenInvite } from "../teams/is-open-invite.js";
import { createMissingTeam } from "../teams/team-conflicts.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type JsonDocument, type KeepsEvents, openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const schema = z.strictObject({
  invites: z.array(
    z.strictObject({
      id: z.string(),
      codeHash: z.string(),
      name: z.string(),
      createdAtMs: z.number(),
      createdBy: z.string(),
      expiresAtMs: z.number(),
      key: z.strictObject({
        allowedModels: z.array(z.string()).nullable(),
        limits: keyLimitsSchema,
        recording: z.enum(["full", "metadata", "off"]).nullable(),
        expiresAtMs: z.number().nullable(),
        teamId: z.string().nullable(),
      }),
      servesOwnerFirst: z.boolean(),
      claimedUntilMs: z.number().nullable(),
      joined: z
        .strictObject({
          atMs: z.number(),
          text: z.string(),
          tokenId: z.string(),
          keyId: z.string(),
          leftAtMs: z.number().nullable(),
        })
        .nullable(),
    }),
  ),
  events: keptEventsSchema,
});

interface StoredInvites extends KeepsEvents {
  invites: Invite[];
}

export const invitesFormat: DocumentFormat<StoredInvites> = { schema, migrations: [] };

export interface OpenInviteStore {
  readonly store: InviteStore;
  /** Whether an open invitation leads into the team, or may come to when the process ends now. */
  isTeamNamed(teamId: string): boolean;
  close(): Promise<void>;
}

export interface InviteSurroundings {
  readonly clock: Clock;
  /** Whether the team is there, and stays even if the process ends now. */
  readonly hasTeam: (teamId: string) => boolean;
}

export async function openInviteStore(
  path: string,
  context: DocumentContext,
  surroundings: InviteSurroundings,
): Promise<OpenInviteStore> {
  const document = await openJsonDocument<readonly Invite[], StoredInvites>({
    path,
    format: invitesFormat,
    ...context,
    empty: [],
    decode: ({ invites }) => invites,
    encode: (invites) => ({ invites: [...invites] }),
  });
  const leadsInto = (invite: Invite, teamId: string) =>
    invite.key.teamId === teamId && isOpenInvite(invite, surroundings.clock.nowMs());
  return {
    store: createInviteStore(document, surroundings),
    isTeamNamed: (teamId) => document.possible.some((invites) => invites.some((invite) => leadsInto(invite, teamId))),
    close: () => document.close(),
  };
}

function createInviteStore(
  document: JsonDocument<readonly Invite[]>,
  { clock, hasTeam }: InviteSurroundings,
): InviteStore {
  function requireTeam(invite: Invite): void {
    const { teamId } = invite.key;
    if (teamId !== null && isOpenInvite(invite, clock.nowMs()) && !hasTeam(teamId)) throw createMissingTeam();
  }

  return {
    async findByHash(codeHash) {
      return document.data.find((invite) => invite.codeHash === codeHash) ?? null;
    },
    async list() {
      return document.data;
    },
    create(invite, audited) {
      return document.update((invites) => {
        if (invites.some(({ id, codeHash }) => id === invite.id || codeHash === invite.codeHash)) {
          throw new GatewayError("conflict", "There is such an invitation already.");
        }
        requireTeam(invite);
        return { data: [...invites, invite], result: undefined, event: audited?.(invite) };
      });
    },
    update(id, edit, audited) {
      return document.update((invites) => {
        const current = invites.find((invite) => invite.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no such invitation.");
        const changed = { ...current, ...edit(current) };
        requireTeam(changed);
        const data = invites.map((invite) => (invite === current ? changed : invite));
        return { data, result: changed, event: audited?.(changed) };
      });
    },
    remove(id, audited) {
      return document.update((invites) => {
        const current = invites.find((invite) => invite.id === id);
        if (current === undefined) return { result: false };
        return { data: invites.filter((invite) => invite !== current), result: true, event: audited?.(current) };
      });
    },
  };
}
