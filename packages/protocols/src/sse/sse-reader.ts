import { GatewayError } from "@copilot-llm/model";
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

const defaultMaxEventBytes = 32 * 1024 * 1024;

/**
 * Reads server-sent events as the WHATWG standard has it: LF, CR and CRLF, a leading byte order mark, comments,
 * several data lines, UTF-8 cut anywhere. It differs in one point: `finish` gives an event that only lacks its blank
 * line, because services end streams that way.
 */
export function createSseReader(options: SseReaderOptions = {}): SseReader {
  const maxEventBytes = options.maxEventBytes ?? defaultMaxEventBytes;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
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
    const colon = bytes.subarray(from, end).indexOf(0x3a);
    if (colon === 0) return;
    eventBytes += end - from;
    if (eventBytes > maxEventBytes) {
      throw new GatewayError("upstream_error", "The upstream sent an event larger than the gateway takes.");
    }
    const nameEnd = colon === -1 ? end : from + colon;
    const afterColon = colon === -1 ? end : nameEnd + 1;
    const valueStart = bytes[afterColon] === 0x20 && afterColon < end ? afterColon + 1 : afterColon;
    const name = decoder.decode(bytes.subarray(from, nameEnd));
    if (name === "data") data.push(decoder.decode(bytes.subarray(valueStart, end)));
    else if (name === "event") eventName = decoder.decode(bytes.subarray(valueStart, end));
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

function startsWithByteOrderMark(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
}
