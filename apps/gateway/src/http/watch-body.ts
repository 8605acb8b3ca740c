import type { IncomingMessage } from "node:http";
import { type Cancel, type Clock, GatewayError } from "@copilot-llm/model";

/** As long as a body may rest before it is given up; how long the whole takes is its sender's affair. */
const longestRestMs = 30_000;
const lookEveryMs = 5_000;

export interface BodyPace {
  readonly clock: Clock;
  /** Null: as long as something comes. */
  readonly wholeWithinMs: number | null;
}

/**
 * Calls `onStalled`, once, with `request_timeout` when nothing more of the body came for 30 seconds, or it was not whole
 * in time. Looks every five seconds at what has come, and leaves the body itself to who reads it. The caller cancels
 * when it has ended.
 */
export function watchBody(
  { socket }: IncomingMessage,
  { clock, wholeWithinMs }: BodyPace,
  onStalled: (error: GatewayError) => void,
): Cancel {
  const begunMs = clock.monotonicMs();
  let lastMs = begunMs;
  let lastBytes = socket.bytesRead;
  let cancelLook = clock.schedule(lookEveryMs, look);

  function look(): void {
    const nowMs = clock.monotonicMs();
    if (socket.bytesRead > lastBytes) {
      lastBytes = socket.bytesRead;
      lastMs = nowMs;
    }
    const isLate = wholeWithinMs !== null && nowMs - begunMs >= wholeWithinMs;
    if (nowMs - lastMs < longestRestMs && !isLate) cancelLook = clock.schedule(lookEveryMs, look);
    else onStalled(new GatewayError("request_timeout", "The request's body stopped coming. Send it again."));
  }

  return () => cancelLook();
}
