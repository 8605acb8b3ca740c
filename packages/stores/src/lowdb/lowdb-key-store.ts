import { type ApiKey, GatewayError } from "@copilot-llm/model";
import * as z from "zod";
import type { KeyStore } from "../interfaces/key-store.js";
import { createMissingTeam } from "../teams/team-conflicts.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type JsonDocument, type KeepsEvents, openJsonDocument } from "./json-document.js";
import { keyLimitsSchema } from "./key-limits-schema.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const schema = z.strictObject({
  keys: z.array(
    z.strictObject({
      id: z.string(),
      alias: z.string(),
      keyHash: z.string(),
      keyPreview: z.string(),
      enabled: z.boolean(),
      createdAtMs: z.number(),
      expiresAtMs: z.number().nullable(),
      allowedModels: z.array(z.string()).nullable(),
      githubTokenIds: z.array(z.string()).nullable(),
      limits: keyLimitsSchema,
      recording: z.enum(["full", "metadata", "off"]).nullable(),
      // Absent where it was written before there were any.
      createdBy: z.string().nullable().optional(),
      note: z.string().optional(),
      teamId: z.string().nullable().default(null),
      seat: z.strictObject({ tokenId: z.string(), servesFirst: z.boolean() }).nullable().default(null),
      replaced: z.strictObject({ keyHash: z.string(), untilMs: z.number() }).nullable().default(null),
    }),
  ),
  events: keptEventsSchema,
});

interface StoredKey extends Omit<ApiKey, "createdBy" | "note"> {
  readonly createdBy?: string | null | undefined;
  readonly note?: string | undefined;
}

interface StoredKeys extends KeepsEvents {
  keys: StoredKey[];
}

export const keysFormat: DocumentFormat<StoredKeys> = { schema, migrations: [] };

export interface OpenKeyStore {
  readonly store: KeyStore;
  /** Whether a key is in the team, or may come to be when the process ends now. */
  isTeamNamed(teamId: string): boolean;
  close(): Promise<void>;
}

/** `hasTeam`: whether the team is there, and stays even if the process ends now. */
export async function openKeyStore(
  path: string,
  context: DocumentContext,
  hasTeam: (teamId: string) => boolean,
): Promise<OpenKeyStore> {
  const document = await openJsonDocument<readonly ApiKey[], StoredKeys>({
    path,
    format: keysFormat,
    ...context,
    empty: [],
    decode: ({ keys }) => keys.map(({ createdBy = null, note = "", ...key }) => ({ ...key, createdBy, note })),
    encode: (keys) => ({ keys: [...keys] }),
  });
  return {
    store: createKeyStore(document, hasTeam),
    isTeamNamed: (teamId) => document.possible.some((keys) => keys.some((key) => key.teamId === teamId)),
    close: () => document.close(),
  };
}

function createKeyStore(document: JsonDocument<readonly ApiKey[]>, hasTeam: (teamId: string) => boolean): KeyStore {
  let indexed: readonly ApiKey[] = [];
  let byHash = new Map<string, ApiKey>();

  function indexByHash(): ReadonlyMap<string, ApiKey> {
    if (indexed !== document.data) {
      indexed = document.data;
      const replaced = indexed.flatMap((key) => (key.replaced === null ? [] : [[key.replaced.keyHash, key] as const]));
      byHash = new Map([...replaced, ...indexed.map((key) => [key.keyHash, key] as const)]);
    }
    return byHash;
  }

  return {
    async findByHash(keyHash) {
      return indexByHash().get(keyHash) ?? null;
    },
    async find(id) {
      return document.data.find((key) => key.id === id) ?? null;
    },
    async list() {
      return document.data;
    },
    create(key, audited) {
      return document.update((keys) => {
        rejectTaken(keys, key);
        if (key.teamId !== null && !hasTeam(key.teamId)) throw createMissingTeam();
        return { data: [...keys, key], result: undefined, event: audited?.(key) };
      });
    },
    update(id, edit, audited) {
      return document.update((keys) => {
        const current = keys.find((key) => key.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no API key with this id.");
        const changed = { ...current, ...edit(current) };
        const others = keys.filter((key) => key !== current);
        rejectTaken(others, changed);
        const { teamId } = changed;
        if (teamId !== null && teamId !== current.teamId && !hasTeam(teamId)) throw createMissingTeam();
        const data = keys.map((key) => (key === current ? changed : key));
        return { data, result: changed, event: audited?.(changed) };
      });
    },
    remove(id, audited) {
      return document.update((keys) => {
        const current = keys.find((key) => key.id === id);
        if (current === undefined) return { result: false };
        return { data: keys.filter((key) => key !== current), result: true, event: audited?.(current) };
      });
    },
  };
}

function rejectTaken(keys: readonly ApiKey[], { id, alias, keyHash }: ApiKey): void {
  for (const key of keys) {
    if (key.id === id || key.keyHash === keyHash)
      throw new GatewayError("conflict", "There is such an API key already.");
    if (key.alias.toLowerCase() === alias.toLowerCase()) {
      throw new GatewayError("conflict", `There is an API key with the alias "${key.alias}" already.`);
    }
  }
}
