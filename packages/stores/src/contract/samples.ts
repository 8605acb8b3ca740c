import {
  type ApiKey,
  type AuditEvent,
  type Charges,
  type GithubToken,
  type Invite,
  type LoginSession,
  noLimits,
  type RequestRecord,
  Secret,
  type Team,
  type User,
} from "@copilot-llm/model";
import type { LedgerEntry, Reservation } from "../interfaces/ledger.js";

/** 2026-03-10T12:00:00Z, a Tuesday noon: far from the edges of day and month. */
export const sampleStartMs = Date.UTC(2026, 2, 10, 12);

export function sampleToken(name: string, changes: Partial<GithubToken> = {}): GithubToken {
  return {
    id: `tok_${name}`,
    alias: name,
    kind: "user",
    secret: new Secret(`gho_${name}_0123456789abcdef`),
    enabled: true,
    createdAtMs: sampleStartMs,
    login: null,
    plan: null,
    billingEntity: null,
    ...changes,
  };
}

export function sampleKey(name: string, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: `key_${name}`,
    alias: name,
    keyHash: `hash of ${name}`,
    keyPreview: `clp_${name}`,
    enabled: true,
    createdAtMs: sampleStartMs,
    expiresAtMs: null,
    allowedModels: null,
    githubTokenIds: null,
    limits: {
      ...noLimits,
      maxRequests: 10,
      maxPremiumRequests: 1.5,
      limitPeriod: "month",
    },
    recording: null,
    createdBy: "ada",
    note: `for ${name}`,
    teamId: null,
    seat: null,
    replaced: null,
    ...changes,
  };
}

export function sampleSession(tokenHash: string, userId: string, changes: Partial<LoginSession> = {}): LoginSession {
  return {
    tokenHash,
    userId,
    createdAtMs: sampleStartMs,
    expiresAtMs: sampleStartMs + 1_000,
    lastSeenAtMs: sampleStartMs,
    method: "password",
    clientIp: "203.0.113.7",
    userAgent: "curl/8",
    ...changes,
  };
}

export function sampleTeam(name: string, changes: Partial<Team> = {}): Team {
  return {
    id: `team_${name}`,
    name,
    createdAtMs: sampleStartMs,
    limits: { ...noLimits, maxRequests: 50, limitPeriod: "day" },
    ...changes,
  };
}

export function sampleInvite(name: string, changes: Partial<Invite> = {}): Invite {
  return {
    id: `inv_${name}`,
    codeHash: `hash of ${name}`,
    name,
    createdAtMs: sampleStartMs,
    createdBy: "ada",
    expiresAtMs: sampleStartMs + 604_800_000,
    key: { allowedModels: ["gpt-*"], limits: noLimits, recording: "metadata", expiresAtMs: null, teamId: null },
    servesOwnerFirst: true,
    claimedUntilMs: null,
    joined: null,
    ...changes,
  };
}

export function sampleUser(name: string, changes: Partial<User> = {}): User {
  return {
    id: `usr_${name}`,
    username: name,
    passwordHash: `scrypt$${name}`,
    role: "admin",
    createdAtMs: sampleStartMs,
    lastSignInAtMs: null,
    externalId: null,
    ...changes,
  };
}

export function sampleEvent(index: number): AuditEvent {
  return {
    id: `evt_${index}`,
    atMs: sampleStartMs + index,
    actor: "ada",
    action: "api_key.create",
    subjectId: `key_${index}`,
    detail: { alias: `k${index}` },
  };
}

/** An id as the gateway makes them: `req_` and a ULID of the given time. */
export function sampleRequestId(atMs: number, sequence: number): string {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let time = "";
  for (let rest = atMs, index = 0; index < 10; index += 1, rest = Math.floor(rest / 32)) {
    time = (digits[rest % 32] ?? "0") + time;
  }
  return `req_${time}${String(sequence).padStart(16, "0")}`;
}

export function sampleRecord(sequence: number, changes: Partial<RequestRecord> = {}): RequestRecord {
  const startedAtMs = changes.startedAtMs ?? sampleStartMs;
  return {
    id: sampleRequestId(startedAtMs, sequence),
    startedAtMs,
    keyId: "key_a",
    keyAlias: "a",
    tokenId: "tok_a",
    tokenAlias: "a",
    clientIp: "127.0.0.1",
    userAgent: "curl/8",
    operation: "generate",
    protocol: "openai-chat",
    wire: "openai-chat",
    stream: true,
    modelAsked: "gpt-5",
    modelUsed: "gpt-5",
    initiator: "user",
    conversationId: `conversation ${sequence}`,
    attempts: [{ tokenId: "tok_a", status: 200, failure: null, durationMs: 900 }],
    outcome: "completed",
    status: 200,
    errorCode: null,
    timeToFirstTokenMs: 300,
    durationMs: 1000,
    usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 50, cacheWriteTokens: 0, reasoningTokens: 5 },
    premiumUnits: 0.33,
    nanoAiu: 2_000_000,
    recording: "metadata",
    ...changes,
  };
}

export function sampleCharges(changes: Partial<Charges> = {}): Charges {
  return { requests: 1, premiumUnits: 0.33, nanoAiu: 2_000_000, tokens: 120, ...changes };
}

export function sampleEntry(sequence: number, changes: Partial<RequestRecord> = {}): LedgerEntry {
  return { record: sampleRecord(sequence, changes), bodies: null, charges: sampleCharges() };
}

export function sampleReservation(sequence: number, changes: Partial<Reservation> = {}): Reservation {
  const atMs = changes.atMs ?? sampleStartMs;
  return {
    id: sampleRequestId(atMs, sequence),
    keyId: "key_a",
    atMs,
    amounts: sampleCharges(),
    claims: [],
    ...changes,
  };
}
