import { GatewayError, type JsonObject } from "@copilot-llm/model";
import type { CommandResult } from "../command-result.js";
import { exitCodes } from "../exit-codes.js";
import { encodeTable, roundAmount } from "../table.js";
import { findByName } from "./find-by-name.js";
import type { GatewayClient } from "./gateway-client.js";

const path = "/api/admin/github-tokens";

/** What these commands read of a token. */
interface TokenView extends JsonObject {
  readonly id: string;
  readonly alias: string;
  readonly login: string | null;
  readonly plan: string | null;
  readonly status: string;
  readonly error_message: string | null;
  readonly cooling_until: string | null;
  readonly premium_quota_used: number | null;
  readonly premium_quota_limit: number | null;
  readonly premium_quota_reset: string | null;
  readonly total_requests: number;
}

export async function listTokens(client: GatewayClient): Promise<CommandResult> {
  const answer = await client.request<{ tokens: readonly TokenView[]; total: number; active: number }>("GET", path);
  const rows = answer.tokens.map((token) => [
    token.alias,
    token.login,
    token.plan,
    token.cooling_until === null ? token.status : `${token.status} until ${token.cooling_until}`,
    token.premium_quota_limit === null
      ? null
      : `${roundAmount(token.premium_quota_used ?? 0)} / ${token.premium_quota_limit}`,
    token.premium_quota_reset,
    token.total_requests,
    token.error_message ?? "",
  ]);
  const headings = ["alias", "login", "plan", "status", "premium", "resets", "requests", "reason"];
  return {
    text: answer.total === 0 ? "There are no tokens." : encodeTable(headings, rows),
    json: { tokens: answer.tokens, total: answer.total, active: answer.active },
  };
}

/** The token itself comes by standard input: arguments are seen by others on the machine. */
export async function addToken(client: GatewayClient, alias: string, input: string): Promise<CommandResult> {
  const token = input.trim();
  if (token === "") throw new GatewayError("invalid_request", "Standard input must hold the GitHub token.");
  return describeToken(await client.request<TokenView>("POST", path, { alias, token }));
}

export async function checkToken(client: GatewayClient, name: string): Promise<CommandResult> {
  const { id } = await findToken(client, name);
  return describeToken(await client.request<TokenView>("POST", `${path}/${id}/check`));
}

export async function switchToken(client: GatewayClient, name: string, enabled: boolean): Promise<CommandResult> {
  const { id, alias } = await findToken(client, name);
  const changed = await client.request<TokenView>("PATCH", `${path}/${id}`, { enabled });
  return { text: `${alias} is ${enabled ? "on" : "off"}.`, json: changed };
}

export async function deleteToken(client: GatewayClient, name: string): Promise<CommandResult> {
  const { id, alias } = await findToken(client, name);
  await client.request("DELETE", `${path}/${id}`);
  return { text: `${alias} is deleted.`, json: { id, alias, deleted: true } };
}

/** A token that GitHub refuses is stored all the same, but the command did not do what was wanted. */
function describeToken(token: TokenView): CommandResult {
  const { alias, status, login, error_message: reason } = token;
  const who = login === null ? alias : `${alias} (${login})`;
  const isRefused = status === "auth_failed";
  return {
    text: `${who} is ${status}${reason === null ? "" : `: ${reason}`}`,
    json: token,
    ...(isRefused ? { exitCode: exitCodes.failed } : {}),
  };
}

async function findToken(client: GatewayClient, name: string): Promise<TokenView> {
  return findByName((await client.request<{ tokens: readonly TokenView[] }>("GET", path)).tokens, name, "token");
}
