import type { OpenCharge } from "../billing/open-charge.js";
import type { Delivery } from "../faults/fault-effect.js";
import type { Exchange } from "../http/exchange.js";
import type { ReplyPacing, ScriptedReply, StreamBreakage } from "../wires/scripted-reply.js";
import type { RenderContext, Wire } from "../wires/wire.js";
import { writeFiller, writePieces, yieldTurn } from "./write-pieces.js";

const burstLength = 8192;
const defaultSilenceMs = 65_000;
const errorMessage = "The simulated model failed in mid-stream.";
const garbledFrame = 'data: {"id":"sim1","type":"garbled","choices":[{"ind\n\n';

/** What a stream needs besides its reply. */
export interface StreamSurroundings {
  readonly context: RenderContext;
  readonly charge: OpenCharge;
  readonly headers: Readonly<Record<string, string>>;
  readonly delivery: Delivery | undefined;
}

/** Streams a reply at its pace, breaks it where its script says, and settles its charge exactly once. */
export async function streamReply(
  exchange: Exchange,
  wire: Wire,
  scripted: ScriptedReply,
  { context, charge, headers, delivery }: StreamSurroundings,
): Promise<void> {
  const reply = deliverReply(scripted, delivery);
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
  /** A silence, or a frame that is none: the stream goes on. */
  const interrupt = async (): Promise<void> => {
    if (breakage?.kind === "garbage") await writer.write(garbledFrame);
    await writer.flush();
    if (breakage?.kind === "silence") await exchange.sleep(breakage.durationMs ?? defaultSilenceMs);
  };
  if (delivery?.kind === "long-line") {
    await exchange.write("data: ", true);
    await writeFiller(exchange, delivery.bytes);
    await exchange.write("\n\n", true);
  }

  for (const frame of content) {
    if (breakage !== undefined && frames === breakage.afterFrames) {
      if (!goesOn(breakage)) break;
      await interrupt();
    }
    await writer.rest();
    if (exchange.isGone()) return abort();
    await writer.write(reply.quirks.commentLines ? `${frame}: simulated comment\n\n` : frame);
    frames += 1;
  }
  if (breakage !== undefined && goesOn(breakage) && breakage.afterFrames === undefined) await interrupt();
  if (breakage !== undefined && !goesOn(breakage)) {
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

function deliverReply(reply: ScriptedReply, delivery: Delivery | undefined): ScriptedReply {
  if (delivery?.kind === "cut") return { ...reply, breakage: { kind: "cut" } };
  if (delivery?.kind !== "slow-bytes") return reply;
  return { ...reply, pacing: { ...reply.pacing, splitBytes: 1, pieceDelayMs: delivery.intervalMs } };
}

function goesOn({ kind }: StreamBreakage): boolean {
  return kind === "silence" || kind === "garbage";
}

async function breakOff(
  exchange: Exchange,
  wire: Wire,
  writer: PacedWriter,
  kind: StreamBreakage["kind"],
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
  const { chunkDelayMs, splitBytes, pieceDelayMs } = pacing;
  let pending = "";
  let started = false;

  const flush = (): Promise<void> | undefined => {
    if (pending === "") return undefined;
    const text = pending;
    pending = "";
    return splitBytes === undefined ? exchange.write(text) : writePieces(exchange, text, splitBytes, pieceDelayMs);
  };
  return {
    flush,
    rest: () => {
      if (chunkDelayMs === undefined || !started) return undefined;
      return chunkDelayMs === 0 ? yieldTurn() : exchange.sleep(chunkDelayMs);
    },
    write: (frame) => {
      started = true;
      pending += frame;
      return chunkDelayMs !== undefined || pending.length >= burstLength ? flush() : undefined;
    },
  };
}
