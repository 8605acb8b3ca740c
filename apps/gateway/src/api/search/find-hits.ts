import { GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { SearchHit } from "./schemas.js";

export type SearchProvider = Pick<Provider, "keys" | "listModels" | "requests" | "settings" | "titles" | "tokens">;

const maxHitsPerKind = 5;
const requestId = /^req_[0-9A-Z]{26}$/;

/** By id where the query looks like one, and by name. A session is called by its title where prompts may be seen. */
export async function findHits(
  provider: SearchProvider,
  query: string,
  seesPrompts: boolean,
): Promise<readonly SearchHit[]> {
  const found = await Promise.all([
    requestId.test(query) ? findRequest(provider, query) : [],
    query.includes(":") ? findSession(provider, query, seesPrompts) : [],
    findKeys(provider, query),
    findTokens(provider, query),
    findModels(provider, query),
  ]);
  return found.flatMap((hits) => hits.slice(0, maxHitsPerKind));
}

async function findRequest({ requests }: SearchProvider, id: string): Promise<readonly SearchHit[]> {
  const found = await requests.find(id).catch(nullIfNotFound);
  if (found === null) return [];
  const { modelUsed, modelAsked, conversationId } = found.record;
  return [{ kind: "request", id, label: modelUsed ?? modelAsked, session_id: conversationId }];
}

async function findSession(
  { requests, titles }: SearchProvider,
  id: string,
  seesPrompts: boolean,
): Promise<readonly SearchHit[]> {
  const found = await requests.ofSession(id).catch(nullIfNotFound);
  if (found === null) return [];
  const title = seesPrompts ? await titles.titleOf(found.summary) : null;
  return [{ kind: "session", id, label: title ?? id, session_id: null }];
}

async function findKeys({ keys }: SearchProvider, query: string): Promise<readonly SearchHit[]> {
  const views = await keys.list();
  return views
    .filter(({ key: { id, alias, keyPreview } }) => {
      const isPreview = query.startsWith("clp_") && (keyPreview.startsWith(query) || query.startsWith(keyPreview));
      return id === query || isPreview || holds(alias, query);
    })
    .map(({ key: { id, alias } }) => ({ kind: "key", id, label: alias, session_id: null }));
}

async function findTokens({ tokens }: SearchProvider, query: string): Promise<readonly SearchHit[]> {
  const views = await tokens.list();
  return views
    .filter(({ token: { id, alias, login } }) => id === query || holds(alias, query) || holds(login ?? "", query))
    .map(({ token: { id, alias } }) => ({ kind: "token", id, label: alias, session_id: null }));
}

function findModels({ listModels }: SearchProvider, query: string): readonly SearchHit[] {
  return listModels(null)
    .filter(({ id, name }) => holds(id, query) || holds(name, query))
    .map(({ id, name }) => ({ kind: "model", id, label: name, session_id: null }));
}

function holds(text: string, query: string): boolean {
  return text.toLowerCase().includes(query.toLowerCase());
}

function nullIfNotFound(error: unknown): null {
  if (GatewayError.from(error).code === "not_found") return null;
  throw error;
}
