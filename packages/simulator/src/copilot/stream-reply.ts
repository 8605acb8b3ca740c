import type { OpenCharge } from "../billing/open-charge.js";
import type { Exchange } from "../http/exchange.js";
import type { ReplyPacing, ScriptedReply } from "../wires/scripted-reply.js";
import type { RenderContext, Wire } from "../wires/wire.js";

const burstLength = 8192;
const defaultSilenceMs = 65_000;
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
  const { breakage } = reply;
  const streamHeaders = { ...headers, "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
  exchange.begin(200, streamHeaders, breakage !== undefined);
  const { content, ending } = wire.renderStream(reply, context);
  const writer = createPacedWriter(exchange, reply.pacing);
  const chunkCount = reply.parts.reduce((sum, part) => sum + part.chunks.length, 0);
  let frames = 0;

  const abort = (): void => charge.settle("aborted", Math.min(1, frames / Math.max(1, chunkCount)), false);
  const silence = async (): Promise<void> => {
    await writer.flush();
    await exchange.sleep(breakage?.durationMs ?? defaultSilenceMs);
  };

  for (const frame of content) {
    if (breakage !== undefined && frames === breakage.afterFrames) {
      if (breakage.kind !== "silence") break;
      await silence();
    }
    await writer.rest();
    if (exchange.isGone()) return abort();
    await writer.write(reply.quirks.commentLines ? `${frame}: simulated comment\n\n` : frame);
    frames += 1;
  }
  if (breakage?.kind === "silence" && breakage.afterFrames === undefined) await silence();
  if (breakage !== undefined && breakage.kind !== "silence") {
    await breakOff(exchange, wire, writer, breakage.kind, context);
    charge.settle("failed", 0, false);
    return;
  }
  await writer.rest();
  if (exchange.isGone()) return abort();
  // One piece: a client that leaves after it has seen its usage has been served in full.
  await writer.write(ending().join(""));
  await writer.flush();
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
  /** Waits for as long as the pace asks before the next frame. */
  rest(): Promise<void> | undefined;
  write(frame: string): Promise<void> | undefined;
  flush(): Promise<void> | undefined;
}

/** Without a delay frames go out in bursts, so that long streams cost little; otherwise each is a write of its own. */
function createPacedWriter(exchange: Exchange, pacing: ReplyPacing): PacedWriter {
  const { chunkDelayMs, splitBytes } = pacing;
  let pending = "";
  let started = false;

  const flush = (): Promise<void> | undefined => {
    if (pending === "") return undefined;
    const text = pending;
    pending = "";
    return splitBytes === undefined ? exchange.write(text) : writePieces(exchange, text, splitBytes);
  };
  return {
    flush,
    rest: () => {
      if (chunkDelayMs === undefined || !started) return undefined;
      return chunkDelayMs === 0 ? nextTurn() : exchange.sleep(chunkDelayMs);
    },
    write: (frame) => {
      started = true;
      pending += frame;
      return chunkDelayMs !== undefined || pending.length >= burstLength ? flush() : undefined;
    },
  };
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
