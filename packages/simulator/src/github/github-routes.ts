import type { Account } from "../accounts/account.js";
import { applyQuotaReset, quotaSnapshots } from "../accounts/quota.js";
import { applyFault } from "../http/apply-fault.js";
import { authenticate, credentialOf } from "../http/credential.js";
import type { Exchange } from "../http/exchange.js";
import { sendRefusal } from "../http/send-refusal.js";
import { type JsonObject, parseJsonObject } from "../json-value.js";
import type { SimulatorState } from "../simulator-state.js";
import { createGitHubError, type Refusal } from "../wires/refusal.js";
import { copilotTokenBody, copilotUserBody, noCopilotBody } from "./copilot-user.js";
import { deviceApprovalPage, deviceApprovedPage } from "./device-page.js";

const copilotTokenLifetimeMs = 30 * 60_000;
const installationTokenLifetimeMs = 60 * 60_000;

/** Answers the GitHub API and GitHub's sign-in pages. False when the path is none of theirs. */
export async function serveGitHub(exchange: Exchange, state: SimulatorState): Promise<boolean> {
  const { path, method } = exchange;
  if (path === "/login/device/code" && method === "POST") return startDeviceFlow(exchange, state);
  if (path === "/login/oauth/access_token" && method === "POST") return pollDeviceFlow(exchange, state);
  if (path === "/login/device") return serveDevicePage(exchange, state);
  const installation = /^\/app\/installations\/([^/]+)\/access_tokens$/.exec(path)?.[1];
  if (installation !== undefined && method === "POST") return mintInstallationToken(exchange, state, installation);
  if (path === "/graphql") {
    sendRefusal(exchange, createGitHubError(401, "Requires authentication"));
    return true;
  }
  const answer = userRoutes[path];
  if (answer === undefined) return false;

  const account = authenticate(exchange, state);
  const fault = await applyFault(exchange, state, "github", account);
  if (fault.handled) return true;
  if (account === undefined) {
    sendRefusal(exchange, createGitHubError(401, "Bad credentials"));
    return true;
  }
  applyQuotaReset(account, state.clock.nowMs());
  account.credentialExpired = false;
  const result = answer(account, state, exchange);
  if ("contentType" in result) sendRefusal(exchange, result);
  else exchange.sendJson(result.status, result.json);
  return true;
}

type UserAnswer = (
  account: Account,
  state: SimulatorState,
  exchange: Exchange,
) => Refusal | { readonly status: number; readonly json: JsonObject };

const userRoutes: Readonly<Record<string, UserAnswer>> = {
  "/user": (account) => ({
    status: 200,
    json: { login: account.login, id: 1000 + account.index, type: "User", name: account.login },
  }),
  "/user/copilot_billing": (account) => ({ status: 200, json: { seat: { plan: { plan_type: account.plan } } } }),
  "/copilot_internal/user": (account, state) => {
    if (account.standing === "no_copilot") return { status: 403, json: noCopilotBody("no_copilot_access") };
    const snapshots = quotaSnapshots(account, state.clock.nowMs());
    return { status: 200, json: copilotUserBody(account, snapshots, state.url()) };
  },
  "/copilot_internal/v2/token": (account, state, exchange) => {
    if (credentialOf(exchange)?.startsWith("github_pat_")) {
      return createGitHubError(403, "Resource not accessible by personal access token");
    }
    if (account.standing === "no_copilot") return { status: 403, json: noCopilotBody("no_copilot_access") };
    const expiresAtMs = state.clock.nowMs() + copilotTokenLifetimeMs;
    const snapshots = quotaSnapshots(account, state.clock.nowMs());
    const body = copilotTokenBody(account, snapshots, state.ids.next("tid="), expiresAtMs, state.url());
    state.accounts.issue(account, String(body.token), expiresAtMs);
    return { status: 200, json: body };
  },
};

function mintInstallationToken(exchange: Exchange, state: SimulatorState, installationId: string): boolean {
  const resolved = state.installations.resolve(installationId, credentialOf(exchange) ?? "");
  if ("status" in resolved) {
    sendRefusal(exchange, createGitHubError(resolved.status, resolved.message));
    return true;
  }
  const account = state.accounts.byLogin(resolved.login);
  if (account === undefined) {
    sendRefusal(exchange, createGitHubError(404, "Not Found"));
    return true;
  }
  const expiresAtMs = state.clock.nowMs() + installationTokenLifetimeMs;
  const token = state.ids.next("ghs_");
  state.accounts.issue(account, token, expiresAtMs);
  exchange.record.account = account.login;
  exchange.sendJson(201, {
    token,
    expires_at: `${new Date(expiresAtMs).toISOString().slice(0, 19)}Z`,
    permissions: { copilot_requests: "write" },
    repository_selection: "all",
  });
  return true;
}

function startDeviceFlow(exchange: Exchange, state: SimulatorState): boolean {
  const form = readForm(exchange);
  const clientId = form.get("client_id") ?? "";
  if (clientId === "") sendRefusal(exchange, createGitHubError(404, "Not Found"));
  else sendForm(exchange, { ...state.deviceFlow.start(clientId, `${state.url()}/login/device`) });
  return true;
}

function pollDeviceFlow(exchange: Exchange, state: SimulatorState): boolean {
  const form = readForm(exchange);
  if (form.get("grant_type") !== "urn:ietf:params:oauth:grant-type:device_code") {
    sendForm(exchange, { error: "unsupported_grant_type" });
    return true;
  }
  const result = state.deviceFlow.poll(form.get("client_id") ?? "", form.get("device_code") ?? "");
  if ("error" in result) {
    sendForm(exchange, { ...result });
    return true;
  }
  const account = state.accounts.byLogin(result.login);
  if (account === undefined) {
    sendForm(exchange, { error: "access_denied" });
    return true;
  }
  exchange.record.account = account.login;
  sendForm(exchange, { access_token: account.token, token_type: "bearer", scope: "read:user" });
  return true;
}

/** The page a person would visit: pick an account, approve. */
function serveDevicePage(exchange: Exchange, state: SimulatorState): boolean {
  const html = { "content-type": "text/html; charset=utf-8" };
  if (exchange.method !== "POST") {
    exchange.sendText(200, deviceApprovalPage(state.deviceFlow.waiting(), state.accounts.list()), html);
    return true;
  }
  const form = readForm(exchange);
  const approved = state.deviceFlow.approve(form.get("user_code") ?? "", form.get("login") ?? "");
  exchange.sendText(approved ? 200 : 404, deviceApprovedPage(approved), html);
  return true;
}

/** GitHub takes forms and JSON here, and answers in JSON only when asked to. */
function readForm(exchange: Exchange): URLSearchParams {
  const text = exchange.record.body.toString("utf8");
  const json = parseJsonObject(text);
  if (json === undefined) return new URLSearchParams(text);
  return new URLSearchParams(Object.entries(json).map(([key, value]): [string, string] => [key, String(value)]));
}

function sendForm(exchange: Exchange, fields: Readonly<Record<string, string | number>>): void {
  if (exchange.header("accept")?.includes("json")) {
    exchange.sendJson(200, fields);
    return;
  }
  const form = new URLSearchParams(
    Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]),
  );
  exchange.sendText(200, form.toString(), { "content-type": "application/x-www-form-urlencoded; charset=utf-8" });
}
