import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type Answer, createAnswer, isJson, type Json, objectOf, readError, textOf } from "./answer";
import { type ChatProtocol, protocolPaths } from "./conversation";
import { createEventReader } from "./read-events";

/**
 * Whose request it is: the signed-in admin's, a key's whose value is at hand, or the admin's who acts as a key, whose
 * limits, models and tokens then hold.
 */
export type Credential = { kind: "session" } | { kind: "key"; secret: string } | { kind: "asKey"; keyId: string };

/** One event of an answer as it came, with the milliseconds since the request left. */
export interface TimedEvent {
  atMs: number;
  data: string;
}

/** What came of a request, as far as it has come. */
export interface Exchange {
  status: number | null;
  requestId: string | null;
  retryAfter: string | null;
  answer: Answer;
  firstTokenMs: number | null;
  durationMs: number | null;
  isStopped: boolean;
  events: TimedEvent[];
}

export interface SendOptions {
  protocol: ChatProtocol;
  body: Json;
  credential: Credential;
  signal: AbortSignal;
  /** Called at each piece that came; the exchange is the same object each time. */
  onProgress: (exchange: Exchange) => void;
  nowMs?: () => number;
  /** The route, where it is not the API's own. */
  path?: string;
}

const maxKeptEvents = 5_000;

/** Sends a streamed request and reads the answer. Never rejects: what went wrong stands in the answer. */
export async function sendRequest(options: SendOptions): Promise<Exchange> {
  const { protocol, body, credential, signal, onProgress, nowMs = () => performance.now() } = options;
  const startMs = nowMs();
  const exchange: Exchange = {
    status: null,
    requestId: null,
    retryAfter: null,
    answer: createAnswer(),
    firstTokenMs: null,
    durationMs: null,
    isStopped: false,
    events: [],
  };
  const { answer } = exchange;
  const readEvent = createEventReader(protocol);
  const parser = createParser({
    onEvent: ({ data }: EventSourceMessage) => {
      if (exchange.events.length < maxKeptEvents) exchange.events.push({ atMs: nowMs() - startMs, data });
      const event = parseJson(data);
      if (event !== null) readEvent(answer, event);
      const hasContent = answer.text !== "" || answer.reasoning !== "" || answer.toolCalls.length > 0;
      if (hasContent && exchange.firstTokenMs === null) exchange.firstTokenMs = nowMs() - startMs;
    },
  });
  try {
    const response = await fetch(options.path ?? protocolPaths[protocol], {
      method: "POST",
      credentials: credential.kind === "key" ? "omit" : "same-origin",
      headers: {
        "content-type": "application/json",
        ...(protocol === "messages" ? { "anthropic-version": "2023-06-01" } : {}),
        ...(credential.kind === "key" ? { authorization: `Bearer ${credential.secret}` } : {}),
        ...(credential.kind === "asKey" ? { "x-copilot-llm-key-id": credential.keyId } : {}),
      },
      body: JSON.stringify(body),
      signal,
    });
    exchange.status = response.status;
    exchange.requestId = response.headers.get("x-request-id");
    exchange.retryAfter = response.headers.get("retry-after");
    if (!response.ok || response.body === null) {
      answer.error = readError(objectOf(parseJson(await response.text())).error);
      return exchange;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      parser.feed(piece.value);
      onProgress(exchange);
    }
    if (answer.finish === null && answer.error === null) {
      answer.error = { code: "cut_short", message: "The stream ended before the answer was complete." };
    }
    return exchange;
  } catch (error) {
    if (signal.aborted) exchange.isStopped = true;
    else answer.error = { code: "gateway_unreachable", message: textOf(objectOf(error).message) };
    return exchange;
  } finally {
    exchange.durationMs = nowMs() - startMs;
    onProgress(exchange);
  }
}

function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}
