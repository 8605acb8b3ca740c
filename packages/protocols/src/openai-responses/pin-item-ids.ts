import { isArray, isObject, parseObjectOrNull } from "../body/json.js";
import type { StreamRewriter } from "../codec/stream-rewriter.js";

const lineFeed = 0x0a;
const nothing = new Uint8Array(0);
const itemIdPattern = /("item_id"\s*:\s*")([^"]*)"/;
const outputIndexPattern = /"output_index"\s*:\s*(\d+)/;
const lifecyclePattern = /"type"\s*:\s*"response\.(?:output_item\.(?:added|done)|completed|incomplete|failed)"/;

/**
 * Gives every output item of a stream one id from its first event to its last. The service names an item differently in
 * each event (docs/copilot-service.md#rotating-item-ids), which OpenAI's SDK 7 answers with an error. The id of an
 * item's first event stands; only lines with another one change. Bytes are read as Latin-1, so that characters may be
 * cut anywhere.
 */
export function createItemIdPinner(): StreamRewriter {
  const ids = new Map<number, string>();
  let held: string[] = [];

  const pin = (outputIndex: number, id: string): string => {
    const pinned = ids.get(outputIndex) ?? id;
    ids.set(outputIndex, pinned);
    return pinned;
  };

  const pinLine = (line: string): string => {
    if (!line.startsWith("data:")) return line;
    if (lifecyclePattern.test(line)) return pinLifecycle(line, pin);
    const outputIndex = outputIndexPattern.exec(line)?.[1];
    if (outputIndex === undefined) return line;
    return line.replace(itemIdPattern, (whole, name: string, id: string) => {
      const pinned = pin(Number(outputIndex), id);
      return pinned === id ? whole : `${name}${pinned}"`;
    });
  };

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(lineFeed) + 1;
      if (end === 0) {
        held.push(toText(chunk));
        return nothing;
      }
      const isWhole = held.length === 0 && end === chunk.length;
      const text = held.join("") + toText(chunk.subarray(0, end));
      held = end === chunk.length ? [] : [toText(chunk.subarray(end))];
      const pinned = text.split("\n").map(pinLine).join("\n");
      return isWhole && pinned === text ? chunk : Buffer.from(pinned, "latin1");
    },
    finish() {
      const rest = Buffer.from(pinLine(held.join("")), "latin1");
      held = [];
      return rest;
    },
    // An item's first name stands in what follows.
    isIdle: false,
    withheld: null,
  };
}

function toText(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
}

/** Pins the ids of whole items: `item`, and the `output` of a response. */
function pinLifecycle(line: string, pin: (outputIndex: number, id: string) => string): string {
  const start = line.indexOf("{");
  const event = parseObjectOrNull(line.slice(start));
  if (event === null) return line;
  let changed = false;
  const pinItem = (item: unknown, outputIndex: number): unknown => {
    if (!isObject(item) || typeof item.id !== "string") return item;
    const id = pin(outputIndex, item.id);
    changed ||= id !== item.id;
    return { ...item, id };
  };
  const { item, output_index: outputIndex, response } = event;
  const pinned: Record<string, unknown> = { ...event };
  if (item !== undefined && typeof outputIndex === "number") pinned.item = pinItem(item, outputIndex);
  if (isObject(response) && isArray(response.output))
    pinned.response = { ...response, output: response.output.map(pinItem) };
  return changed ? line.slice(0, start) + JSON.stringify(pinned) + (line.endsWith("\r") ? "\r" : "") : line;
}
