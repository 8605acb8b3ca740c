import { type Simulator, type SimulatorOptions, startSimulator } from "../src/index.js";

/** A simulator with two accounts, and the requests that tests send it. */
export interface Fixture {
  readonly simulator: Simulator;
  readonly clock: { now: number };
  post(path: string, body: unknown, options?: PostOptions): Promise<Response>;
  get(path: string, token?: string): Promise<Response>;
  control(method: string, path: string, body?: unknown): Promise<Response>;
}

export interface PostOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export const alice = { token: "gho_alice00000000", login: "alice" } as const;
export const carol = { token: "gho_carol00000000", login: "carol", billing: "credits" } as const;
export const startMs = Date.UTC(2026, 10, 22, 12);

/** Starts a simulator on a clock that stands still, with `alice` (premium) and `carol` (credits). */
export async function startFixture(options: SimulatorOptions = {}): Promise<Fixture> {
  const clock = { now: startMs };
  const simulator = await startSimulator({
    accounts: [alice, carol],
    clock: { nowMs: () => clock.now },
    promptCacheMinimumTokens: 0,
    ...options,
  });
  return {
    simulator,
    clock,
    post: (path, body, { token = alice.token, headers = {}, signal } = {}) =>
      fetch(`${simulator.url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (path, token = alice.token) =>
      fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    control: (method, path, body) =>
      fetch(`${simulator.url}/_simulator/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** A body for each inference endpoint that asks a model the same thing. */
export function ask(
  path: string,
  text: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const messages = [{ role: "user", content: text }];
  if (path === "/embeddings") return { model: "text-embedding-3-small", input: [text], ...extra };
  if (path === "/responses") return { model: "gpt-5.4", input: messages, ...extra };
  if (path === "/v1/messages") return { model: "claude-sonnet-4.6", max_tokens: 4096, messages, ...extra };
  return { model: "gpt-4.1", messages, ...extra };
}

/** The ways to ask one conversation endpoint of the running test's fixture: for the response, its JSON or its events. */
export function createQuestions(path: string, fixture: () => Fixture) {
  type Question = [text: string, extra?: Readonly<Record<string, unknown>>, token?: string];
  const send = (...[text, extra, token = alice.token]: Question) =>
    fixture().post(path, ask(path, text, extra), { token });
  return {
    send,
    sendJson: async (...question: Question): Promise<unknown> => (await send(...question)).json(),
    sendStream: async (...[text, extra, token]: Question) =>
      parseEvents(await (await send(text, { stream: true, ...extra }, token)).text()),
  };
}

/** The conversation endpoints. */
export const endpoints = ["/chat/completions", "/responses", "/v1/messages"] as const;

export interface StreamEvent {
  readonly event: string | undefined;
  readonly data: unknown;
}

/** The events of an SSE text; `[DONE]` stays a string, comments are left out. */
export function parseEvents(text: string): StreamEvent[] {
  return text
    .split("\n\n")
    .filter((frame) => frame !== "" && !frame.startsWith(":"))
    .map((frame) => {
      const lines = frame.split("\n");
      const event = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6) ?? "";
      return { event, data: data === "[DONE]" ? data : JSON.parse(data) };
    });
}

/** What lies at a dotted path of a JSON value; undefined when nothing does. */
export function pick(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((node, step) => {
    return typeof node === "object" && node !== null ? (node as Record<string, unknown>)[step] : undefined;
  }, value);
}

/** All text that a stream of any endpoint carries. */
export function streamedText(events: readonly StreamEvent[]): string {
  const texts = events.map(({ event, data }) => {
    if (event === "response.output_text.delta") return pick(data, "delta");
    return pick(data, event === "content_block_delta" ? "delta.text" : "choices.0.delta.content");
  });
  return texts.filter((text) => typeof text === "string").join("");
}
