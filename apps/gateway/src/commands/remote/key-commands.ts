import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { keyBudgets, keyLimits } from "@copilot-llm/quota";
import type { CommandResult } from "../command-result.js";
import { encodeTable, roundAmount } from "../table.js";
import { findByName } from "./find-by-name.js";
import type { GatewayClient } from "./gateway-client.js";

const path = "/api/admin/api-keys";

/** What these commands read of a key, beside its limits. */
interface KeyView extends JsonObject {
  readonly id: string;
  readonly alias: string;
  readonly key_preview: string;
  readonly enabled: boolean;
  readonly limit_period: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** What a new key may do, as given on the command line: beside these a number for any of the limits, by its option's name. */
export interface NewKeyOptions {
  readonly model?: readonly string[];
  readonly token?: readonly string[];
  readonly limitPeriod?: string;
  readonly expires?: string;
}

export async function listKeys(client: GatewayClient): Promise<CommandResult> {
  const { keys } = await client.request<{ keys: readonly KeyView[] }>("GET", path);
  const rows = keys.map((key) => [
    key.alias,
    key.key_preview,
    key.enabled ? "on" : "off",
    ...keyBudgets.map(({ name, countName }) => usedOf(key[countName], key[name])),
    key.limit_period,
    key.expires_at,
    key.last_used_at,
  ]);
  const headings = ["alias", "key", "", ...keyBudgets.map(({ noun }) => noun), "period", "expires", "last used"];
  return { text: keys.length === 0 ? "There are no keys." : encodeTable(headings, rows), json: { keys } };
}

export async function createKey(client: GatewayClient, alias: string, options: NewKeyOptions): Promise<CommandResult> {
  const tokens = options.token === undefined ? undefined : await findTokenIds(client, options.token);
  const limits = Object.fromEntries(keyLimits.map(({ name }) => [name, limitIn(options, name)]));
  const created = await client.request<KeyView & { readonly key: string }>("POST", path, {
    alias,
    allowed_models: options.model,
    github_token_ids: tokens,
    ...limits,
    limit_period: options.limitPeriod,
    expires_at: options.expires,
  });
  return { text: `${created.alias} has the key ${created.key}\nIt is not shown again.`, json: created };
}

/** The option of a limit: as the admin API calls it, with dashes. */
export function optionOfLimit(name: string): string {
  return name.replaceAll("_", "-");
}

/** Commander gives options by their names in camel case. */
function limitIn(options: NewKeyOptions, name: string): unknown {
  const attribute = name.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
  return Object.entries(options).find(([option]) => option === attribute)?.[1];
}

export async function rotateKey(client: GatewayClient, name: string): Promise<CommandResult> {
  const { id, alias } = await findKey(client, name);
  const rotated = await client.request<KeyView & { readonly key: string }>("POST", `${path}/${id}/rotate`);
  return {
    text: `${alias} has the key ${rotated.key} from now on; the one before is good no more. It is not shown again.`,
    json: rotated,
  };
}

export async function switchKey(client: GatewayClient, name: string, enabled: boolean): Promise<CommandResult> {
  const { id, alias } = await findKey(client, name);
  const changed = await client.request<KeyView>("PATCH", `${path}/${id}`, { enabled });
  return { text: `${alias} is ${enabled ? "on" : "off"}.`, json: changed };
}

export async function deleteKey(client: GatewayClient, name: string): Promise<CommandResult> {
  const { id, alias } = await findKey(client, name);
  await client.request("DELETE", `${path}/${id}`);
  return { text: `${alias} is deleted.`, json: { id, alias, deleted: true } };
}

async function findKey(client: GatewayClient, name: string): Promise<KeyView> {
  return findByName((await client.request<{ keys: readonly KeyView[] }>("GET", path)).keys, name, "key");
}

async function findTokenIds(client: GatewayClient, names: readonly string[]): Promise<readonly string[]> {
  const { tokens } = await client.request<{ tokens: readonly { id: string; alias: string }[] }>(
    "GET",
    "/api/admin/github-tokens",
  );
  return names.map((name) => findByName(tokens, name, "token").id);
}

function usedOf(used: JsonValue | undefined, limit: JsonValue | undefined): string {
  const rounded = roundAmount(Number(used ?? 0));
  return typeof limit === "number" ? `${rounded} / ${limit}` : String(rounded);
}
