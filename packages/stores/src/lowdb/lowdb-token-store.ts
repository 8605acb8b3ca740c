import { GatewayError, type GithubToken } from "@copilot-llm/model";
import * as z from "zod";
import { createStoreFailure } from "../failure/store-failure.js";
import type { TokenStore } from "../interfaces/token-store.js";
import type { TokenCipher } from "../secrets/token-cipher.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type JsonDocument, openJsonDocument } from "./json-document.js";
import type { DocumentFormat } from "./migrations/document-migration.js";
import { readStoredDocument } from "./stored-document.js";

const schema = z.strictObject({
  /** Which key sealed the secrets; null while there are none. */
  keyId: z.string().nullable(),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      alias: z.string(),
      kind: z.enum(["user", "app_installation", "logged_in_user"]),
      sealedSecret: z.string().nullable(),
      enabled: z.boolean(),
      createdAtMs: z.number(),
      login: z.string().nullable(),
      plan: z.string().nullable(),
      billingEntity: z.string().nullable().default(null),
    }),
  ),
  events: keptEventsSchema,
});

export const tokensFormat: DocumentFormat<z.infer<typeof schema>> = { schema, migrations: [] };

export interface CipherSource {
  /** Asked once. `isNeeded`: stored secrets depend on the key, so that none may be made up. */
  load(isNeeded: boolean): Promise<{ readonly cipher: TokenCipher; readonly source: string }>;
}

/** Refuses to open, without touching the file, when its secrets were sealed with another key. */
export async function openTokenStore(
  path: string,
  ciphers: CipherSource,
  context: DocumentContext,
): Promise<{ readonly store: TokenStore; close(): Promise<void> }> {
  const keyId = (await readStoredDocument(path, tokensFormat))?.stored.keyId ?? null;
  const { cipher, source } = await ciphers.load(keyId !== null);
  if (keyId !== null && keyId !== cipher.keyId) {
    throw createStoreFailure(
      `${path} was encrypted with another key than the one in ${source}: put the right one there. Nothing was changed.`,
    );
  }
  const document = await openJsonDocument<readonly GithubToken[], z.infer<typeof schema>>({
    path,
    format: tokensFormat,
    ...context,
    empty: [],
    decode: ({ tokens }) =>
      tokens.map(({ sealedSecret, ...token }) => ({
        ...token,
        secret: sealedSecret === null ? null : cipher.open(token.id, sealedSecret),
      })),
    encode(tokens) {
      const stored = tokens.map(({ secret, ...token }) => ({
        ...token,
        sealedSecret: secret === null ? null : cipher.seal(token.id, secret),
      }));
      return { keyId: stored.some(({ sealedSecret }) => sealedSecret !== null) ? cipher.keyId : null, tokens: stored };
    },
  });
  return { store: createTokenStore(document), close: () => document.close() };
}

function createTokenStore(document: JsonDocument<readonly GithubToken[]>): TokenStore {
  return {
    async list() {
      return document.data;
    },
    async find(id) {
      return document.data.find((token) => token.id === id) ?? null;
    },
    create(token, audited) {
      return document.update((tokens) => {
        rejectTaken(tokens, token);
        return { data: [...tokens, token], result: undefined, event: audited?.(token) };
      });
    },
    update(id, edit, audited) {
      return document.update((tokens) => {
        const current = tokens.find((token) => token.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no GitHub token with this id.");
        const changed = { ...current, ...edit(current) };
        const others = tokens.filter((token) => token !== current);
        rejectTaken(others, changed);
        const data = tokens.map((token) => (token === current ? changed : token));
        return { data, result: changed, event: audited?.(changed) };
      });
    },
    remove(id, audited) {
      return document.update((tokens) => {
        const current = tokens.find((token) => token.id === id);
        if (current === undefined) return { result: false };
        return { data: tokens.filter((token) => token !== current), result: true, event: audited?.(current) };
      });
    },
  };
}

function rejectTaken(tokens: readonly GithubToken[], { id, alias, secret }: GithubToken): void {
  for (const token of tokens) {
    if (token.id === id) throw new GatewayError("conflict", "There is a token with this id already.");
    if (token.alias.toLowerCase() === alias.toLowerCase()) {
      throw new GatewayError("conflict", `There is a token with the alias "${token.alias}" already.`);
    }
    if (secret !== null && token.secret?.reveal() === secret.reveal()) {
      throw new GatewayError("conflict", `This GitHub token is in the pool already, as "${token.alias}".`);
    }
  }
}
