import { GatewayError } from "@copilot-llm/model";
import { asciiBytes, matchesAt } from "./byte-match.js";
import { createLineSplitter } from "./line-splitter.js";

/** One server-sent event. `event` is empty when the stream named none. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

export interface SseReader {
  /** The events that this chunk completes. Throws `upstream_error` for an event above the size limit. */
  push(chunk: Uint8Array): readonly SseEvent[];
  /** The last event, when the stream ended right behind its data without the blank line. */
  finish(): readonly SseEvent[];
}

export interface SseReaderOptions {
  /** Default 32 MiB. */
  readonly maxEventBytes?: number;
}

const colon = 0x3a;
const space = 0x20;
const dataField = asciiBytes("data");
const eventField = asciiBytes("event");
const defaultMaxEventBytes = 32 * 1024 * 1024;

/**
 * Reads server-sent events as the WHATWG standard has it: LF, CR and CRLF, a leading byte order mark, comments,
 * several data lines, UTF-8 cut anywhere. It differs in one point: `finish` gives an event that only lacks its blank
 * line, because services end streams that way.
 */
export function createSseReader(options: SseReaderOptions = {}): SseReader {
  const maxEventBytes = options.maxEventBytes ?? defaultMaxEventBytes;
  let events: SseEvent[] = [];
  let eventName = "";
  let data: string[] = [];
  let eventBytes = 0;
  let firstLine = true;

  const dispatch = (): void => {
    if (data.length > 0) events.push({ event: eventName, data: data.length === 1 ? (data[0] ?? "") : data.join("\n") });
    eventName = "";
    data = [];
    eventBytes = 0;
  };

  const takeLine = (bytes: Uint8Array, start: number, end: number): void => {
    const from = firstLine && startsWithByteOrderMark(bytes, start) ? start + 3 : start;
    firstLine = false;
    if (from === end) {
      dispatch();
      return;
    }
    if (bytes[from] === colon) return;
    eventBytes += end - from;
    if (eventBytes > maxEventBytes) {
      throw new GatewayError("upstream_error", "The upstream sent an event larger than the gateway takes.");
    }
    const nameEnd = findColon(bytes, from, end);
    const afterColon = Math.min(end, nameEnd + 1);
    const valueStart = afterColon < end && bytes[afterColon] === space ? afterColon + 1 : afterColon;
    if (isField(dataField, bytes, from, nameEnd)) data.push(decodeUtf8(bytes, valueStart, end));
    else if (isField(eventField, bytes, from, nameEnd)) eventName = decodeUtf8(bytes, valueStart, end);
  };

  const lines = createLineSplitter(takeLine, maxEventBytes + 1);
  const taken = (): readonly SseEvent[] => {
    const result = events;
    events = [];
    return result;
  };

  return {
    push(chunk) {
      lines.push(chunk);
      return taken();
    },
    finish() {
      lines.finish();
      dispatch();
      return taken();
    },
  };
}

function findColon(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== colon) at += 1;
  return at;
}

function isField(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === name.length && matchesAt(bytes, start, name);
}

/** A Buffer's own decoding: on short texts a TextDecoder costs several times as much. */
function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}

function startsWithByteOrderMark(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
}
