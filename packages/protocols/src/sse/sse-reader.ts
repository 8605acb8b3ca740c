import { StringDecoder } from "node:string_decoder";
import { GatewayError } from "@copilot-llm/model";
import { createParser } from "eventsource-parser";

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
  /** How long an event may be, in UTF-16 code units. Default 32 Mi. */
  readonly maxEventCharacters?: number;
}

const defaultMaxEventCharacters = 32 * 1024 * 1024;
const byteOrderMark = 0xfeff;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Reads server-sent events as the WHATWG standard has it: LF, CR and CRLF, a leading byte order mark, comments,
 * several data lines, UTF-8 cut anywhere. It differs in one point: `finish` gives an event that only lacks its blank
 * line, because services end streams that way.
 */
export function createSseReader(options: SseReaderOptions = {}): SseReader {
  const maxEventCharacters = options.maxEventCharacters ?? defaultMaxEventCharacters;
  const decoder = new StringDecoder("utf8");
  let events: SseEvent[] = [];
  let isFirst = true;
  let skipsLineFeed = false;

  const parser = createParser({
    maxBufferSize: maxEventCharacters,
    onEvent({ event = "", data }) {
      if (data.length > maxEventCharacters) throw tooLarge();
      events.push({ event, data });
    },
    onError({ type }) {
      if (type === "max-buffer-size-exceeded") throw tooLarge();
    },
  });
  // The parser looks at the first text it gets for a mark that was decoded as Latin-1; ours never is.
  parser.feed("");

  const feed = (text: string): void => {
    if (text === "") return;
    const isMarked = isFirst && text.charCodeAt(0) === byteOrderMark;
    const isRest = skipsLineFeed && text.charCodeAt(0) === lineFeed;
    isFirst = false;
    // The parser waits for what follows a last CR; the line has ended all the same.
    skipsLineFeed = text.charCodeAt(text.length - 1) === carriageReturn;
    const told = isMarked || isRest ? text.slice(1) : text;
    parser.feed(skipsLineFeed ? `${told}\n` : told);
  };
  const taken = (): readonly SseEvent[] => {
    const result = events;
    events = [];
    return result;
  };

  return {
    push(chunk) {
      feed(decoder.write(chunk));
      return taken();
    },
    finish() {
      feed(decoder.end());
      parser.feed("\n\n");
      return taken();
    },
  };
}

function tooLarge(): GatewayError {
  return new GatewayError("upstream_error", "The upstream sent an event larger than the gateway takes.");
}
