import { estimateTokens } from "@copilot-llm/model";
import { parseObjectOrNull } from "../body/json.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import type { EventInterest, StreamObserver } from "../codec/stream-observer.js";
import { createTapFacts, type TapFacts } from "../codec/tap-facts.js";
import { asciiBytes, holdsName, matchesAt } from "../sse/byte-match.js";
import { createLineSplitter } from "../sse/line-splitter.js";
import type { StreamTap, TapResult } from "./usage-tap.js";

/** Longer lines are passed on but not looked into. */
const maxLineBytes = 16 * 1024 * 1024;
const dataField = asciiBytes("data:");
const eventField = asciiBytes("event:");
const done = asciiBytes("[DONE]");
const space = 0x20;
const openingBrace = 0x7b;
/** Ends a cut event, so that what comes is not read as part of it. */
const eventEnd = "\n\n";

/** The sizes of the events' data. */
interface EventSizes {
  events: number;
  bytes: number;
  leastBytes: number;
}

/** The tap of a stream: lines are told apart by their first bytes, and only data that can matter is parsed. */
export function createStreamTap(wire: WireDefinition): StreamTap {
  const observer = wire.createObserver();
  const { numbersEvents } = observer;
  const facts = createTapFacts();
  const signal = { firstToken: false, terminal: false, terminalStart: 0, completeBytes: 0 };
  const sizes: EventSizes = { events: 0, bytes: 0, leastBytes: Number.POSITIVE_INFINITY };
  const position: { lastData: Uint8Array | null; eventCount: number } = { lastData: null, eventCount: 0 };
  let interest: EventInterest = "unknown";
  let atBoundary = true;

  const takeData = (bytes: Uint8Array, start: number, end: number): void => {
    if (numbersEvents) {
      position.lastData = bytes.subarray(start, end);
      position.eventCount += 1;
    }
    if (bytes[start] === openingBrace) noteSize(sizes, end - start);
    if (interest === "content") facts.firstTokenSeen = true;
    if (interest === "content" || interest === "skip") return;
    const { terminalSeen } = facts;
    observeData(observer, facts, interest === "inspect", bytes, start, end);
    if (facts.terminalSeen && !terminalSeen) signal.terminalStart = signal.completeBytes;
  };

  const lines = createLineSplitter((bytes, start, end, next) => {
    if (start === end) {
      atBoundary = true;
      interest = "unknown";
      signal.completeBytes = next;
      return;
    }
    atBoundary = false;
    if (matchesAt(bytes, start, dataField)) takeData(bytes, valueStart(bytes, start + dataField.length), end);
    else if (matchesAt(bytes, start, eventField)) {
      interest = observer.interestOfName(bytes, valueStart(bytes, start + eventField.length), end);
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
      return readResult(facts, sizes);
    },
    get midEvent() {
      return lines.insideLine || !atBoundary;
    },
    closing(error, requestId) {
      const closing = observer.encodeClosing(error, requestId, position);
      return Buffer.from(this.midEvent ? eventEnd + closing : closing);
    },
  };
}

function readResult(facts: TapFacts, sizes: EventSizes): TapResult {
  return {
    usage: { tokens: facts.tokens, nanoAiu: facts.nanoAiu },
    estimatedOutputTokens: estimateContent(sizes),
    terminal: facts.terminalSeen || facts.finishSeen,
    errorSeen: facts.errorSeen,
  };
}

function valueStart(bytes: Uint8Array, nameEnd: number): number {
  return bytes[nameEnd] === space ? nameEnd + 1 : nameEnd;
}

function observeData(
  observer: StreamObserver,
  facts: TapFacts,
  matters: boolean,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  if (end - start === done.length && matchesAt(bytes, start, done)) {
    facts.terminalSeen ||= observer.endsWithDone;
    return;
  }
  if (!matters && facts.firstTokenSeen && !holdsName(bytes, start, end, observer.names)) return;
  // The client gets the bytes as they are; what cannot be read holds no usage.
  const event = parseObjectOrNull(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
  if (event !== null) observer.observe(event, facts);
}

function noteSize(sizes: EventSizes, bytes: number): void {
  sizes.events += 1;
  sizes.bytes += bytes;
  sizes.leastBytes = Math.min(sizes.leastBytes, bytes);
}

/** What the events hold beyond the envelope that is in all of them. */
function estimateContent({ events, bytes, leastBytes }: EventSizes): number {
  return events === 0 ? 0 : estimateTokens(bytes - events * leastBytes);
}
