import { type ApiKey, GatewayError } from "@copilot-llm/model";
import * as z from "zod";
import type { KeyStore } from "../interfaces/key-store.js";
import { type JsonDocument, openJsonDocument } from "./json-document.js";
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
    }),
  ),
});

export const keysFormat: DocumentFormat<{ keys: ApiKey[] }> = { schema, migrations: [] };

export async function openKeyStore(path: string): Promise<{ readonly store: KeyStore; close(): Promise<void> }> {
  const document = await openJsonDocument<readonly ApiKey[], { keys: ApiKey[] }>({
    path,
    format: keysFormat,
    empty: [],
    decode: ({ keys }) => keys,
    encode: (keys) => ({ keys: [...keys] }),
  });
  return { store: createKeyStore(document), close: () => document.close() };
}

function createKeyStore(document: JsonDocument<readonly ApiKey[]>): KeyStore {
  let indexed: readonly ApiKey[] = [];
  let byHash = new Map<string, ApiKey>();

  function indexByHash(): ReadonlyMap<string, ApiKey> {
    if (indexed !== document.data) {
      indexed = document.data;
      byHash = new Map(indexed.map((key) => [key.keyHash, key]));
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
    create(key) {
      return document.update((keys) => {
        rejectTaken(keys, key);
        return { data: [...keys, key], result: undefined };
      });
    },
    update(id, edit) {
      return document.update((keys) => {
        const current = keys.find((key) => key.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no API key with this id.");
        const changed = { ...current, ...edit(current) };
        const others = keys.filter((key) => key !== current);
        rejectTaken(others, changed);
        return { data: keys.map((key) => (key === current ? changed : key)), result: changed };
      });
    },
    remove(id) {
      return document.update((keys) => {
        const rest = keys.filter((key) => key.id !== id);
        return rest.length === keys.length ? { result: false } : { data: rest, result: true };
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
