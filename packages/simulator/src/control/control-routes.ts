import type { AccountOptions } from "../accounts/account.js";
import { type BillingEntityChange, changeBillingEntity, poolFigures } from "../accounts/billing-entity.js";
import { type AccountChange, changeAccount, requireAccount, requireEntity } from "../accounts/change-account.js";
import { quotaSnapshots } from "../accounts/quota.js";
import type { FaultRequest } from "../faults/fault.js";
import { faultPresets } from "../faults/fault-presets.js";
import type { Exchange } from "../http/exchange.js";
import type { RequestRecord } from "../http/request-log.js";
import type { JsonObject } from "../json-value.js";
import { parseQuirks, type QuirkScope } from "../quirks.js";
import { directiveNames } from "../script/parse-directives.js";
import type { SimulatorState } from "../simulator-state.js";
import { ControlError, type FieldKind, readFields } from "./read-fields.js";

type ControlRoute = (
  state: SimulatorState,
  body: JsonObject | undefined,
  parameter: string,
  exchange: Exchange,
) => unknown;

/** Answers `/_simulator/…`: the library's verbs over HTTP, in the library's own field names. */
export function serveControl(exchange: Exchange, state: SimulatorState): void {
  const [, resource = "", parameter = ""] = /^\/_simulator\/?([^/]*)\/?(.*)$/.exec(exchange.path) ?? [];
  const route = routes[`${exchange.method} ${resource}`];
  if (route === undefined) {
    exchange.sendJson(404, { error: "no such control route", routes: Object.keys(routes) });
    return;
  }
  try {
    exchange.sendJson(200, route(state, exchange.json(), decodeURIComponent(parameter), exchange));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    exchange.sendJson(400, { error: error.message });
  }
}

const accountFields = {
  token: "string",
  login: "string",
  plan: ["free", "individual", "individual_pro", "individual_max", "business", "enterprise"],
  billing: ["premium", "credits"],
  entitlement: "number",
  used: "number",
  overagePermitted: "boolean",
  quotaResetAtMs: "number",
  modelPolicy: "record",
  hiddenModels: "strings",
  organizations: "strings",
  personalBudget: "number",
  standing: ["active", "revoked", "no_copilot"],
  quirks: "record",
} as const satisfies Record<string, FieldKind>;

const changeFields = {
  standing: accountFields.standing,
  entitlement: "number",
  used: "number",
  overagePermitted: "boolean",
  quotaResetAtMs: "number",
  personalBudget: "number",
  modelPolicy: "record",
  credentialExpired: "boolean",
} as const satisfies Record<string, FieldKind>;

const entityFields = {
  credits: "number",
  usedElsewhere: "number",
  overagePermitted: "boolean",
  shows: ["pool", "seat"],
} as const satisfies Record<string, FieldKind>;

const faultFields = {
  name: "string",
  account: "string",
  model: "string",
  endpoint: "string",
  times: "number",
  skip: "number",
  retryAfterSeconds: "number",
  retryAfterAsDate: "boolean",
  shouldRetry: "boolean",
  durationMs: "number",
  afterFrames: "number",
  bytes: "number",
  status: "number",
  contentType: "string",
  body: "string",
} as const satisfies Record<string, FieldKind>;

const routes: Readonly<Record<string, ControlRoute>> = {
  "GET ": (state) => ({
    url: state.url(),
    accounts: listAccounts(state),
    models: state.models.map((model) => model.id),
    totals: state.ledger.totals(),
    faults: state.faults.list(),
    faultNames: Object.keys(faultPresets),
    directives: directiveNames,
  }),
  "GET accounts": (state) => ({ accounts: listAccounts(state) }),
  "POST accounts": (state, body) => {
    const options = readFields(body, accountFields, ["token", "login"]) as unknown as AccountOptions;
    if (options.quirks !== undefined) parseQuirks(options.quirks);
    const account = state.accounts.add(options);
    return { login: account.login };
  },
  "PATCH accounts": (state, body, login) => {
    const account = requireAccount(state.accounts, login);
    const { credentialExpired, ...change } = readFields(body, changeFields);
    changeAccount(account, change as AccountChange);
    if (typeof credentialExpired === "boolean") account.credentialExpired = credentialExpired;
    return { login: account.login };
  },
  "GET entities": (state) => ({ entities: listEntities(state) }),
  "PATCH entities": (state, body, organization) => {
    const entity = requireEntity(state.accounts, organization);
    changeBillingEntity(entity, readFields(body, entityFields) as BillingEntityChange);
    return { organization };
  },
  "GET ledger": (state, _body, _parameter, { query }) => {
    const account = query().get("account") ?? undefined;
    const entries = state.ledger.entries().filter((entry) => account === undefined || entry.account === account);
    return { totals: state.ledger.totals(account), entries };
  },
  "DELETE ledger": (state) => {
    state.ledger.clear();
    return {};
  },
  "GET requests": (state) => ({ requests: state.requests.all().map(summariseRequest) }),
  "DELETE requests": (state) => {
    state.requests.clear();
    return {};
  },
  "GET faults": (state) => ({ faults: state.faults.list() }),
  "POST faults": (state, body) => ({
    id: state.faults.add(readFields(body, faultFields, ["name"]) as unknown as FaultRequest),
  }),
  "DELETE faults": (state, _body, id) => ({ removed: state.faults.remove(id === "" ? undefined : id) }),
  "POST quirks": (state, body) => {
    const { quirks, ...scope } = readFields(body, { account: "string", model: "string", quirks: "record" }, ["quirks"]);
    state.quirks.set(parseQuirks(quirks as JsonObject), scope as QuirkScope);
    return {};
  },
  "DELETE quirks": (state) => {
    state.quirks.clear();
    return {};
  },
  "POST device": (state, body, userCode) => {
    const { login, deny } = readFields(body, { login: "string", deny: "boolean" });
    const decided = deny === true ? state.deviceFlow.deny(userCode) : state.deviceFlow.approve(userCode, String(login));
    if (!decided) throw new ControlError("that code is not waiting");
    return {};
  },
  "DELETE prompt-cache": (state) => {
    state.promptCache.clear();
    return {};
  },
};

function listAccounts(state: SimulatorState): JsonObject[] {
  return state.accounts.list().map((account) => ({
    login: account.login,
    plan: account.plan,
    billing: account.billing,
    standing: account.standing,
    credentialExpired: account.credentialExpired,
    quotaResetAtMs: account.quotaResetAtMs,
    modelPolicy: Object.fromEntries(account.modelPolicy),
    quota: quotaSnapshots(account, state.clock.nowMs()),
  }));
}

function listEntities(state: SimulatorState): JsonObject[] {
  return state.accounts.entities().map((entity) => ({
    organization: entity.organization,
    seats: entity.seats.map(({ login }) => login),
    ...poolFigures(entity),
  }));
}

/** A request without its body and answer. */
function summariseRequest(record: RequestRecord): JsonObject {
  const { id, atMs, method, url, headers, account, status, notes, finishedAtMs, abortedAtMs } = record;
  const bytes = record.body.length;
  return { id, atMs, method, url, headers, account, status, notes, bytes, finishedAtMs, abortedAtMs };
}
