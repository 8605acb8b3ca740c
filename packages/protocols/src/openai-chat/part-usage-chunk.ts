import type { JsonObject } from "@copilot-llm/model";
import { isArray } from "../body/json.js";
import { withoutMembers } from "../body/rewrite.js";
import type { StreamRewriter } from "../codec/stream-rewriter.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { createLineHolder, findUsageLine } from "./usage-lines.js";

const done = /^data: ?\[DONE\]/m;
const usageFields = ["usage", "copilot_usage"];

/**
 * Gives a client that asked for it the usage in a last chunk of its own (docs/client-requirements.md#chat-usage-chunk)
 * where the service tells it beside a choice (docs/copilot-service.md#chat-usage). Everything else goes on as it came, up
 * to the last whole line. A chunk costs one native search until one tells usage.
 */
export function createUsageChunkParter(): StreamRewriter {
  const holder = createLineHolder();
  /** The chunk that is to come last. */
  let own: JsonObject | null = null;

  const takeOwn = (): Buffer[] => {
    const chunk = own;
    own = null;
    return chunk === null ? [] : [Buffer.from(formatSseEvent("", JSON.stringify(chunk)))];
  };

  /** `bytes` are whole lines but for the very last of a stream. */
  const pass = (bytes: Buffer): Uint8Array => {
    const passed: Uint8Array[] = [];
    let from = 0;
    for (let line = findUsageLine(bytes, 0); line !== null; line = findUsageLine(bytes, line.end)) {
      const { start, end, chunk } = line;
      // One that comes by itself tells all there is.
      const isOwn = !isArray(chunk.choices) || chunk.choices.length === 0;
      own = isOwn ? null : { ...chunk, choices: [] };
      if (isOwn) continue;
      const rest = Buffer.from(`data: ${JSON.stringify(withoutMembers(chunk, usageFields))}\n`);
      passed.push(bytes.subarray(from, start), rest);
      from = end;
    }
    const doneAt = own === null ? -1 : bytes.toString("latin1", from).search(done);
    if (doneAt !== -1) {
      passed.push(bytes.subarray(from, from + doneAt), ...takeOwn());
      from += doneAt;
    }
    return passed.length === 0 ? bytes : Buffer.concat([...passed, bytes.subarray(from)]);
  };

  return {
    push: (chunk) => holder.push(chunk, pass),
    finish() {
      const rest = pass(holder.takeRest());
      return own === null ? rest : Buffer.concat([rest, Buffer.from(rest.length === 0 ? "" : "\n"), ...takeOwn()]);
    },
    get isIdle() {
      return holder.isEmpty && own === null;
    },
    withheld: null,
  };
}
