import type { IncomingMessage } from "node:http";
import { readArrivedBody } from "./read-arrived-body.js";
import { readBody } from "./read-body.js";
import { type BodyPace, watchBody } from "./watch-body.js";

/** `readBody`, which rejects with `request_timeout` too when the client stops sending. */
export async function readBodyInTime(incoming: IncomingMessage, maxBytes: number, pace: BodyPace): Promise<Uint8Array> {
  const arrived = readArrivedBody(incoming, maxBytes);
  if (arrived !== null) return arrived;
  let stopWatching = () => {};
  const stalled = new Promise<never>((_resolve, reject) => {
    stopWatching = watchBody(incoming, pace, (error) => {
      incoming.pause();
      reject(error);
    });
  });
  try {
    return await Promise.race([readBody(incoming, maxBytes), stalled]);
  } finally {
    stopWatching();
  }
}
