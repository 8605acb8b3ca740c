import { parseObjectOrNull } from "../body/json.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import type { EventInterest, StreamObserver } from "../codec/stream-observer.js";
import { createTapFacts, type TapFacts } from "../codec/tap-facts.js";
import { asciiBytes, holdsName, matchesAt } from "../sse/byte-match.js";
import { createLineSplitter } from "../sse/line-splitter.js";
import { createEventSizes, type EventSizes, estimateContent, noteSize } from "./event-sizes.js";
import { KnownDeltas } from "./known-deltas.js";
import { TapPosition } from "./tap-position.js";
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

/** The tap of a stream: lines are told apart by their first bytes, and only data that can matter is parsed. */
export function createStreamTap(wire: WireDefinition): StreamTap {
  const observer = wire.createObserver();
  const { numbersEvents } = observer;
  const facts = createTapFacts();
  const signal = { firstToken: false, terminal: false, terminalStart: 0, completeBytes: 0 };
  const sizes = createEventSizes();
  const position = new TapPosition();
  const known = numbersEvents || wire.textOpenings.length === 0 ? null : new KnownDeltas(wire.textOpenings);
  let interest: EventInterest = "unknown";
  let atBoundary = true;
  /** Of the event under way: where in its chunk it began, and whether its data was looked into. */
  let eventStart = 0;
  let isLookedInto = false;

  /** Passes by the events from `start` on that are known to tell nothing. */
  const skipKnown = (chunk: Uint8Array, start: number): number => {
    if (known === null) return start;
    const end = known.skip(chunk, start, sizes);
    signal.completeBytes = end;
    eventStart = end;
    return end;
  };

  const takeData = (bytes: Uint8Array, start: number, end: number): void => {
    if (numbersEvents) position.note(bytes, start, end);
    if (bytes[start] === openingBrace) noteSize(sizes, end - start);
    if (interest === "content") facts.firstTokenSeen = true;
    if (interest === "content" || interest === "skip") return;
    const { terminalSeen } = facts;
    isLookedInto = observeData(observer, facts, interest === "inspect", bytes, start, end);
    if (facts.terminalSeen && !terminalSeen) signal.terminalStart = signal.completeBytes;
  };

  const lines = createLineSplitter((bytes, start, end, next) => {
    if (start === end) {
      if (!isLookedInto && facts.firstTokenSeen) known?.learn(bytes, eventStart, next, sizes);
      atBoundary = true;
      interest = "unknown";
      isLookedInto = false;
      signal.completeBytes = next;
      eventStart = next;
      return facts.firstTokenSeen ? skipKnown(bytes, next) : next;
    }
    atBoundary = false;
    if (matchesAt(bytes, start, dataField)) takeData(bytes, valueStart(bytes, start + dataField.length), end);
    else if (matchesAt(bytes, start, eventField)) {
      interest = observer.interestOfName(bytes, valueStart(bytes, start + eventField.length), end);
    }
    return next;
  }, maxLineBytes);

  return {
    push(chunk) {
      const { firstTokenSeen, terminalSeen } = facts;
      signal.completeBytes = 0;
      signal.terminalStart = 0;
      // Negative: the event began in an earlier chunk.
      eventStart = atBoundary && !lines.insideLine ? 0 : -1;
      lines.push(chunk, eventStart === 0 && facts.firstTokenSeen ? skipKnown(chunk, 0) : 0);
      signal.firstToken = facts.firstTokenSeen && !firstTokenSeen;
      signal.terminal = facts.terminalSeen && !terminalSeen;
      return signal;
    },
    isKnown: (chunk) => known?.cover(chunk) === true && atBoundary && !lines.insideLine && facts.firstTokenSeen,
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

/** False when the data need not be looked into. */
function observeData(
  observer: StreamObserver,
  facts: TapFacts,
  matters: boolean,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (end - start === done.length && matchesAt(bytes, start, done)) {
    facts.terminalSeen ||= observer.endsWithDone;
    return true;
  }
  if (!matters && facts.firstTokenSeen && !holdsName(bytes, start, end, observer.names)) return false;
  // The client gets the bytes as they are; what cannot be read holds no usage.
  const event = parseObjectOrNull(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString());
  if (event !== null) observer.observe(event, facts);
  return true;
}
