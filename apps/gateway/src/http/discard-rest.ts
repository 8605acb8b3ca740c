import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "@copilot-llm/model";

/** For the rest of a body that nobody reads any more: as long and as much as its sender may need to see the answer. */
const longestMs = 500;
const maxDiscardedBytes = 64 * 1024 * 1024;

/** Once the answer is out, reads what is left of the body for nothing, and cuts the connection when that does not end. */
export function discardRest(incoming: IncomingMessage, outgoing: ServerResponse, clock: Pick<Clock, "schedule">): void {
  if (incoming.readableEnded) return;
  outgoing.once("finish", () => {
    if (incoming.readableEnded || incoming.destroyed) return;
    let discardedBytes = 0;
    const cut = (): void => {
      stop();
      incoming.socket.destroySoon();
    };
    const cancelCut = clock.schedule(longestMs, cut);
    const count = (chunk: Buffer): void => {
      discardedBytes += chunk.length;
      if (discardedBytes > maxDiscardedBytes) cut();
    };
    const stop = (): void => {
      cancelCut();
      incoming.off("data", count);
    };
    incoming.on("data", count);
    incoming.once("end", stop);
    incoming.once("close", stop);
    incoming.on("error", stop);
    incoming.resume();
  });
}
