import type { Log, RequestRecord } from "@copilot-llm/model";
import type { LedgerEntry } from "@copilot-llm/stores";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";

interface SeedOptions {
  /** Of a gateway that does not run now. */
  readonly dataDir: string;
  readonly sessions: number;
  readonly key: { readonly id: string; readonly alias: string };
  readonly token: { readonly id: string; readonly alias: string };
}

const atOnce = 500;
/** So that they are of the last 30 days. */
const spanMs = 30 * 24 * 3_600_000;
const models = ["gpt-5-mini", "claude-sonnet-4.6", "gpt-5.4", "claude-haiku-4.5"];
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Puts conversations of one request each on record, words included, as serving them would: without serving them. */
export async function seedSessions({ dataDir, sessions, key, token }: SeedOptions): Promise<void> {
  const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock, log: silent });
  const startMs = Date.now() - spanMs;
  const create = (index: number): LedgerEntry => {
    const startedAtMs = startMs + Math.floor((index / sessions) * spanMs);
    const model = models[index % models.length] ?? "gpt-5-mini";
    return {
      record: createRecord({ index, startedAtMs, model, key, token }),
      bodies: createBodies(model, `Question ${index}`),
      charges: { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 120 },
    };
  };
  try {
    for (let from = 0; from < sessions; from += atOnce) {
      const count = Math.min(atOnce, sessions - from);
      await Promise.all(Array.from({ length: count }, (_, index) => stores.ledger.append(create(from + index))));
    }
  } finally {
    await stores.close();
  }
}

function createRecord(
  options: Pick<SeedOptions, "key" | "token"> & { index: number; startedAtMs: number; model: string },
): RequestRecord {
  const { index, startedAtMs, model, key, token } = options;
  const isFailed = index % 50 === 0;
  return {
    id: createRequestId(startedAtMs, index),
    startedAtMs,
    keyId: key.id,
    keyAlias: key.alias,
    tokenId: token.id,
    tokenAlias: token.alias,
    clientIp: "127.0.0.1",
    userAgent: "claude-cli/2.1.170 (external, cli)",
    operation: "generate",
    protocol: "openai-chat",
    wire: "openai-chat",
    stream: false,
    modelAsked: model,
    modelUsed: model,
    initiator: "user",
    conversationId: `conversation:${index}`,
    attempts: [{ tokenId: token.id, status: isFailed ? 502 : 200, failure: null, durationMs: 900 }],
    outcome: isFailed ? "failed" : "completed",
    status: isFailed ? 502 : 200,
    errorCode: isFailed ? "upstream_error" : null,
    timeToFirstTokenMs: 300,
    durationMs: 900 + (index % 400),
    usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
    premiumUnits: 0,
    nanoAiu: 0,
    recording: "full",
  };
}

function createBodies(model: string, text: string): LedgerEntry["bodies"] {
  const answer = { role: "assistant", content: `Echo: ${text}` };
  const encode = (body: object) => Buffer.from(JSON.stringify(body));
  return {
    request: encode({ model, messages: [{ role: "user", content: text }] }),
    response: encode({
      id: "x",
      object: "chat.completion",
      model,
      choices: [{ index: 0, message: answer, finish_reason: "stop" }],
    }),
  };
}

/** Ids sort by their time, as the gateway's own do. */
function createRequestId(atMs: number, index: number): string {
  let time = "";
  for (let rest = atMs, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) {
    time = (digits[rest % 32] ?? "0") + time;
  }
  return `req_${time}${String(index).padStart(16, "0")}`;
}
