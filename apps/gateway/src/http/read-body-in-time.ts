import type { IncomingMessage } from "node:http";
import { readBody } from "./read-body.js";
import { type BodyPace, watchBody } from "./watch-body.js";

/** `readBody`, which rejects with `request_timeout` too when the client stops sending. */
export function readBodyInTime(incoming: IncomingMessage, maxBytes: number, pace: BodyPace): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const stopWatching = watchBody(incoming, pace, (error) => {
      incoming.pause();
      reject(error);
    });
    const refuse = (error: unknown): void => {
      stopWatching();
      reject(error);
    };
    const take = (body: Uint8Array): void => {
      stopWatching();
      resolve(body);
    };
    try {
      readBody(incoming, maxBytes).then(take, refuse);
    } catch (error) {
      refuse(error);
    }
  });
}
