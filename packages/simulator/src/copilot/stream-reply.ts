import type { OpenCharge } from "../billing/open-charge.js";
import type { Exchange } from "../http/exchange.js";
import type { ReplyPacing, ScriptedReply } from "../wires/scripted-reply.js";
import type { RenderContext, Wire } from "../wires/wire.js";

const burstBytes = 8192;
const errorMessage = "The simulated model failed in mid-stream.";

/** Streams a reply at its pace, breaks it where its script says, and settles its charge exactly once. */
export async function streamReply(
  exchange: Exchange,
  wire: Wire,
  reply: ScriptedReply,
  context: RenderContext,
  charge: OpenCharge,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (exchange.isGone()) {
    charge.settle("aborted", 0, false);
    return;
  }
  exchange.begin(200, { ...headers, "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  const { content, ending } = wire.renderStream(reply, context);
  const writer = createPacedWriter(exchange, reply.pacing);
  const { breakage } = reply;
  const chunkCount = reply.parts.reduce((sum, part) => sum + part.chunks.length, 0);
  let frames = 0;

  const silence = async (): Promise<void> => {
    await writer.flush();
    await exchange.sleep(breakage?.durationMs ?? 65_000);
  };
  for (const frame of content) {
    if (breakage !== undefined && frames === breakage.afterFrames) {
      if (breakage.kind !== "silence") break;
      await silence();
    }
    await writer.write(frame);
    if (reply.quirks.commentLines) await writer.write(": simulated comment\n\n");
    frames += 1;
    if (exchange.isGone()) {
      charge.settle("aborted", Math.min(1, frames / Math.max(1, chunkCount)), false);
      return;
    }
  }
  if (breakage?.kind === "silence" && breakage.afterFrames === undefined) await silence();
  if (breakage !== undefined && breakage.kind !== "silence") {
    await breakOff(exchange, wire, writer, breakage.kind, context);
    charge.settle("failed", 0, false);
    return;
  }
  for (const frame of ending()) await writer.write(frame);
  await writer.flush();
  if (exchange.isGone()) {
    charge.settle("aborted", 1, false);
    return;
  }
  charge.settle("completed", 1, wire.reportsUsage(reply, context.request));
  exchange.end();
}

async function breakOff(
  exchange: Exchange,
  wire: Wire,
  writer: PacedWriter,
  kind: "cut" | "eof" | "error",
  context: RenderContext,
): Promise<void> {
  if (kind === "error") await writer.write(wire.renderError(errorMessage, context));
  await writer.flush();
  if (kind === "cut") exchange.cut(false);
  else exchange.end();
}

interface PacedWriter {
  write(frame: string): Promise<void>;
  flush(): Promise<void>;
}

/** Without a delay frames go out in bursts, so that long streams cost little; otherwise each is a write of its own. */
function createPacedWriter(exchange: Exchange, pacing: ReplyPacing): PacedWriter {
  let pending = "";
  let first = true;

  const flush = async (): Promise<void> => {
    if (pending === "") return;
    const text = pending;
    pending = "";
    await (pacing.splitBytes === undefined ? exchange.write(text) : writePieces(exchange, text, pacing.splitBytes));
  };
  const write = async (frame: string): Promise<void> => {
    pending += frame;
    if (pacing.chunkDelayMs === undefined) {
      if (pending.length >= burstBytes) await flush();
      return;
    }
    if (!first) await (pacing.chunkDelayMs === 0 ? nextTurn() : exchange.sleep(pacing.chunkDelayMs));
    first = false;
    await flush();
  };
  return { write, flush };
}

async function writePieces(exchange: Exchange, text: string, size: number): Promise<void> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length && !exchange.isGone(); start += Math.max(1, size)) {
    await exchange.write(bytes.subarray(start, start + Math.max(1, size)));
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
