import { type QuotaCycle, type RequestRecord, Secret } from "@copilot-llm/model";
import type { Stores } from "../src/interfaces/stores.js";

/** 2026-03-10T00:00:00Z. */
export const filledFromMs = Date.UTC(2026, 2, 10);

/** Requests of about three days, one an hour. */
export const filledRequests = 70;

export const filledKeyIds = ["key_team", "key_bound"] as const;
export const filledTokenIds = ["tok_alpha", "tok_beta"] as const;

const hourMs = 3_600_000;
const noLimits = {
  maxRequests: null,
  maxPremiumRequests: null,
  maxCredits: null,
  limitPeriod: "lifetime",
  requestsPerMinute: null,
  tokensPerMinute: null,
  maxConcurrency: null,
} as const;

const filledCycle: QuotaCycle = {
  entityId: "ada",
  name: "ada",
  unit: "premium_requests",
  resetAtMs: Date.UTC(2026, 3, 1),
  entitlement: 300,
  firstSeenAtMs: filledFromMs,
  usedElsewhereAtFirst: 12,
  lastSeenAtMs: filledFromMs + hourMs,
  used: 30,
  usedHere: 18,
};

/** Does one thing of each kind. Kept as it is, apart from new fields: what is kept was filled by it. */
export async function fillDataDirectory(stores: Stores): Promise<void> {
  await fillTokens(stores);
  await fillKeys(stores);
  await fillTeams(stores);
  await fillUsers(stores);
  await fillSettings(stores);
  await stores.quotaCycles.note([filledCycle]);
  for (const [index, action] of ["user.create", "github_token.create", "api_key.create"].entries()) {
    const detail = { alias: action, count: index, first: index === 0, note: null };
    const atMs = filledFromMs + index;
    await stores.audit.append({ id: `evt_${index}`, atMs, actor: "ada", action, subjectId: "key_team", detail });
  }
  await fillLedger(stores);
  await fillBatches(stores);
}

/** One batch in progress, of which an item has succeeded and one has failed, and one whose items have expired. */
async function fillBatches({ files, batches }: Stores): Promise<void> {
  const createdAtMs = filledFromMs;
  const file = { ownerId: "key_team", name: "questions.jsonl", createdAtMs, expiresAtMs: createdAtMs + 1000 * hourMs };
  const batch = {
    wireHeaders: { "anthropic-beta": "kept" },
    ownerId: "key_team",
    keyId: "key_team",
    ownerName: "team",
    protocol: "openai-chat",
    operation: "generate",
    metadata: { purpose: "évaluation" },
    createdAtMs,
  } as const;
  const items = ["one", "two", "three"].map((customId, index) => ({ customId, index, offset: index * 6, length: 5 }));
  for (const [name, purpose, api] of [
    ["running", "batch", "openai"],
    ["expired", "batch_internal", "anthropic"],
  ] as const) {
    await files.write({ ...file, id: `file-${name}`, purpose }, [Buffer.from("line 1\nline 2\nline 3\n")]);
    const expiresAtMs = createdAtMs + (name === "expired" ? 1 : 24) * hourMs;
    await batches.create({ ...batch, id: `batch_${name}`, api, fileId: `file-${name}`, expiresAtMs });
    await batches.addItems(`batch_${name}`, items);
    await batches.start(`batch_${name}`, createdAtMs + 1);
  }
  await batches.expire({ nowMs: createdAtMs + hourMs, endedBeforeMs: 0 });
  const lease = { workerId: "worker", nowMs: createdAtMs, leaseUntilMs: createdAtMs + hourMs };
  await batches.leaseEntities({ ...lease, entityIds: ["ada"] });
  for (const [index, state] of (["succeeded", "errored"] as const).entries()) {
    const settled = { state, requestId: `req_${state}`, status: 200 + 200 * index, answer: Buffer.from(state) };
    await batches.settle({ batchId: "batch_running", index }, { ...settled, atMs: createdAtMs + 10 });
  }
}

/** The id of the request in the order in which they were recorded, from zero. */
export function filledRequestId(index: number): string {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let time = "";
  for (let rest = startOf(index), place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) {
    time = (digits[rest % 32] ?? "0") + time;
  }
  return `req_${time}${String(index).padStart(16, "0")}`;
}

function startOf(index: number): number {
  return filledFromMs + index * hourMs;
}

async function fillTokens({ tokens }: Stores): Promise<void> {
  const token = { enabled: true, createdAtMs: filledFromMs, login: null, plan: null, billingEntity: null };
  const user = { ...token, kind: "user" } as const;
  await tokens.create({ ...user, id: "tok_alpha", alias: "alpha", secret: new Secret("gho_alpha") }, null);
  await tokens.create({ ...token, id: "tok_beta", alias: "beta", kind: "app_installation", secret: null }, null);
  await tokens.create({ ...user, id: "tok_gone", alias: "gone", secret: new Secret("gho_gone") }, null);
  await tokens.update("tok_alpha", () => ({ login: "ada", plan: "business" }), null);
  await tokens.remove("tok_gone", null);
}

async function fillKeys({ keys }: Stores): Promise<void> {
  await keys.create(
    {
      id: "key_team",
      alias: "team",
      keyHash: "hash of team",
      keyPreview: "clp_team0000",
      enabled: true,
      createdAtMs: filledFromMs,
      expiresAtMs: null,
      allowedModels: null,
      githubTokenIds: null,
      limits: { ...noLimits, maxRequests: 1000, maxPremiumRequests: 12.5, limitPeriod: "month", tokensPerMinute: 5000 },
      recording: null,
      createdBy: null,
      note: "",
      ...noTeam,
    },
    null,
  );
  await keys.create(
    {
      id: "key_bound",
      alias: "bound",
      keyHash: "hash of bound",
      keyPreview: "clp_bound000",
      enabled: false,
      createdAtMs: filledFromMs + 1,
      expiresAtMs: filledFromMs + 1000 * hourMs,
      allowedModels: ["gpt-*"],
      githubTokenIds: ["tok_alpha"],
      limits: { ...noLimits, maxCredits: 0.75, maxConcurrency: 2 },
      recording: "metadata",
      createdBy: null,
      note: "",
      ...noTeam,
    },
    null,
  );
}

const noTeam = { teamId: null, seat: null, replaced: null };

async function fillTeams({ teams, invites }: Stores): Promise<void> {
  await teams.create({ id: "team_red", name: "Red", createdAtMs: filledFromMs, limits: noLimits }, null);
  const key = { allowedModels: null, limits: noLimits, recording: null, expiresAtMs: null, teamId: "team_red" };
  await invites.create(
    {
      id: "inv_grace",
      codeHash: "hash of the invitation",
      name: "Grace",
      createdAtMs: filledFromMs,
      createdBy: "ada",
      expiresAtMs: filledFromMs + 1000 * hourMs,
      key,
      servesOwnerFirst: true,
      claimedUntilMs: null,
      joined: null,
    },
    null,
  );
}

async function fillUsers({ users }: Stores): Promise<void> {
  const user = { passwordHash: "scrypt$of nobody", createdAtMs: filledFromMs, lastSignInAtMs: null, externalId: null };
  const expiresAtMs = filledFromMs + 1000 * hourMs;
  await users.issueSetupCode("hash of the setup code", expiresAtMs);
  await users.createFirst({ ...user, id: "usr_ada", username: "ada", role: "admin" }, null, null);
  await users.create({ ...user, id: "usr_grace", username: "Grace", role: "viewer" }, null);
  await users.createSession(
    {
      tokenHash: "hash of ada",
      userId: "usr_ada",
      createdAtMs: filledFromMs,
      expiresAtMs,
      lastSeenAtMs: filledFromMs,
      method: "password",
      clientIp: null,
      userAgent: null,
    },
    null,
  );
}

async function fillSettings({ settings }: Stores): Promise<void> {
  await settings.update(
    () => ({
      routingStrategy: "most_remaining",
      modelAliases: { fast: "gpt-5-mini" },
      recording: "metadata",
      recordingRetentionDays: 30,
    }),
    null,
  );
  const keyDefaults = { allowedModels: ["gpt-*"], limits: { ...noLimits, maxRequests: 50 }, recording: "off" } as const;
  await settings.update(
    () => ({ modelFallbacks: { "gpt-5": ["gpt-5-mini"] }, keyDefaults, legacyKeyEnabled: false }),
    null,
  );
}

async function fillLedger({ ledger, sessions }: Stores): Promise<void> {
  for (let index = 0; index < filledRequests; index += 1) {
    const record = recordOf(index);
    const { id, keyId, startedAtMs, premiumUnits } = record;
    const charges = { requests: 1, premiumUnits, nanoAiu: record.nanoAiu ?? 0, tokens: 120 + index };
    if (keyId !== null) await ledger.reserve({ id, keyId, atMs: startedAtMs, amounts: charges, claims: [] });
    await ledger.append({ record, charges, bodies: record.recording === "full" ? bodiesOf(index) : null });
    if (index === 30) await ledger.resetKeyUsage("key_bound", startedAtMs, null);
    if (index === 35) await sessions.remove(["conversation 3"], null);
  }
  await ledger.expire(startOf(20));
}

function recordOf(index: number): RequestRecord {
  const isFailed = index % 11 === 5;
  const keyId = index % 4 === 3 ? null : (filledKeyIds[index % 2] ?? null);
  const tokenId = isFailed ? null : (filledTokenIds[index % 3] ?? null);
  return {
    id: filledRequestId(index),
    startedAtMs: startOf(index),
    keyId,
    keyAlias: keyId === null ? "legacy key" : keyId.slice("key_".length),
    tokenId,
    tokenAlias: tokenId === null ? null : tokenId.slice("tok_".length),
    clientIp: "203.0.113.7",
    userAgent: index % 2 === 0 ? "curl/8" : null,
    operation: index % 10 === 9 ? "embed" : "generate",
    protocol: index % 10 === 9 ? "openai-embeddings" : "anthropic-messages",
    wire: isFailed ? null : "openai-chat",
    stream: index % 2 === 0,
    modelAsked: "fast",
    modelUsed: isFailed ? null : index % 5 === 0 ? "gpt-5" : "gpt-5-mini",
    initiator: index % 2 === 0 ? "user" : "agent",
    conversationId: `conversation ${index % 12}`,
    attempts: tokenId === null ? [] : [{ tokenId, status: 200, failure: null, durationMs: 90 * index }],
    outcome: isFailed ? "failed" : index % 13 === 6 ? "aborted" : "completed",
    status: isFailed ? 429 : 200,
    errorCode: isFailed ? "no_token_available" : null,
    timeToFirstTokenMs: isFailed ? null : 30 * index,
    durationMs: 100 * index + 1,
    usage: isFailed
      ? null
      : { inputTokens: 100, outputTokens: 20 + index, cacheReadTokens: 50, cacheWriteTokens: 3, reasoningTokens: 5 },
    premiumUnits: isFailed ? 0 : 0.33,
    nanoAiu: isFailed ? null : 2_000_000 + index,
    recording: index % 7 === 2 ? "off" : index % 3 === 0 ? "full" : "metadata",
  };
}

function bodiesOf(index: number) {
  const request = Buffer.from(JSON.stringify({ question: `What is ${index}? ${"Say it again. ".repeat(index)}` }));
  return { request, response: Buffer.from([0, 255, index, ...Buffer.from(`It is ${index}.`)]) };
}
