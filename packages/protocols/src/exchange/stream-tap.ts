import type { Wire } from "@copilot-llm/model";
import { createAnthropicMessagesObserver } from "../anthropic-messages/observe-stream.js";
import { isObject } from "../body/json.js";
import type { EventInterest } from "../codec/stream-observer.js";
import { createTapFacts } from "../codec/tap-facts.js";
import { createOpenaiChatObserver } from "../openai-chat/observe-stream.js";
import { createOpenaiResponsesObserver } from "../openai-responses/observe-stream.js";
import { asciiBytes, holdsName, matchesAt } from "../sse/byte-match.js";
import { createLineSplitter } from "../sse/line-splitter.js";
import { encodeStreamError } from "./encode-stream-error.js";
import type { UsageTap } from "./usage-tap.js";

/** Longer lines are passed on but not looked into. */
const maxLineBytes = 16 * 1024 * 1024;
const dataField = asciiBytes("data:");
const eventField = asciiBytes("event:");
const done = asciiBytes("[DONE]");
const space = 0x20;
const openingBrace = 0x7b;
const bytesPerToken = 4;

/** The tap of a stream: lines are told apart by their first bytes, and only data that can matter is parsed. */
export function createStreamTap(wire: Wire): UsageTap {
  const responses = wire === "openai-responses" ? createOpenaiResponsesObserver() : null;
  const isMessages = wire === "anthropic-messages";
  const observer = responses ?? (isMessages ? createAnthropicMessagesObserver() : createOpenaiChatObserver());
  const facts = createTapFacts();
  const signal = { firstToken: false, terminal: false, terminalStart: 0, completeBytes: 0 };
  let interest: EventInterest = "unknown";
  let atBoundary = true;
  let lastData: Uint8Array | null = null;
  let eventCount = 0;
  const size = { events: 0, bytes: 0, leastBytes: Number.POSITIVE_INFINITY };

  const takeData = (bytes: Uint8Array, start: number, end: number): void => {
    if (interest === "skip") return;
    if (interest === "content") {
      facts.firstTokenSeen = true;
      return;
    }
    if (end - start === done.length && matchesAt(bytes, start, done)) {
      facts.terminalSeen ||= observer.endsWithDone;
      return;
    }
    const matters = interest === "inspect" || !facts.firstTokenSeen || holdsName(bytes, start, end, observer.names);
    if (!matters) return;
    const event = parseObject(bytes, start, end);
    if (event !== null) observer.observe(event, facts);
  };

  const lines = createLineSplitter((bytes, start, end, next) => {
    if (start === end) {
      atBoundary = true;
      interest = "unknown";
      signal.completeBytes = next;
      return;
    }
    atBoundary = false;
    if (matchesAt(bytes, start, dataField)) {
      const valueStart = start + dataField.length + (bytes[start + dataField.length] === space ? 1 : 0);
      if (responses !== null) {
        lastData = bytes.subarray(valueStart, end);
        eventCount += 1;
      }
      if (bytes[valueStart] === openingBrace) {
        size.events += 1;
        size.bytes += end - valueStart;
        size.leastBytes = Math.min(size.leastBytes, end - valueStart);
      }
      const { terminalSeen } = facts;
      takeData(bytes, valueStart, end);
      if (facts.terminalSeen && !terminalSeen) signal.terminalStart = signal.completeBytes;
    } else if (matchesAt(bytes, start, eventField)) {
      const valueStart = start + eventField.length + (bytes[start + eventField.length] === space ? 1 : 0);
      interest = observer.interestOfName(bytes, valueStart, end);
    }
  }, maxLineBytes);

  return {
    push(chunk) {
      const { firstTokenSeen, terminalSeen } = facts;
      signal.completeBytes = 0;
      signal.terminalStart = 0;
      lines.push(chunk);
      signal.firstToken = facts.firstTokenSeen && !firstTokenSeen;
      signal.terminal = facts.terminalSeen && !terminalSeen;
      return signal;
    },
    finish() {
      lines.finish();
      return {
        usage: { tokens: facts.tokens, nanoAiu: facts.nanoAiu },
        estimatedOutputTokens: estimateTokens(size),
        terminal: facts.terminalSeen || facts.finishSeen,
        errorSeen: facts.errorSeen,
      };
    },
    get midEvent() {
      return lines.insideLine || !atBoundary;
    },
    closing(error, requestId) {
      return encodeStreamError(wire, error, requestId, {
        midEvent: lines.insideLine || !atBoundary,
        response: responses?.seen ?? null,
        nextSequenceNumber: findSequenceNumber(lastData, eventCount),
      });
    },
  };
}

/** What the events hold beyond the envelope that is in all of them. */
function estimateTokens(size: {
  readonly events: number;
  readonly bytes: number;
  readonly leastBytes: number;
}): number {
  return size.events === 0 ? 0 : Math.ceil((size.bytes - size.events * size.leastBytes) / bytesPerToken);
}

function findSequenceNumber(lastData: Uint8Array | null, eventCount: number): number {
  const text = lastData === null ? "" : new TextDecoder().decode(lastData);
  const last = /"sequence_number"\s*:\s*(\d+)/.exec(text)?.[1];
  return last === undefined ? eventCount : Number(last) + 1;
}

function parseObject(bytes: Uint8Array, start: number, end: number) {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    // The client gets the bytes as they are; what cannot be read holds no usage.
    return null;
  }
}
