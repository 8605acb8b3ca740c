import type { IncomingMessage, ServerResponse } from "node:http";
import { type HealthOptions, healthPaths, readHealth } from "./health.js";
import type { StartExchange } from "./start-exchange.js";
import { writeAnswer } from "./write-answer.js";

const ownHeaders = { "content-type": "application/json", "cache-control": "no-store" };

/**
 * The short way for probes: the same answers as by Hono, from a gateway that has loaded no more than models take. False:
 * the request is somebody else's.
 */
export function createHealthLane(
  startExchange: StartExchange,
  options: HealthOptions,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  return (incoming, outgoing) => {
    if (incoming.method !== "GET" && incoming.method !== "HEAD") return false;
    const path = healthPaths.find((known) => known === incoming.url);
    if (path === undefined) return false;
    const { answerHeaders, requestId } = startExchange(incoming, outgoing, { path, route: () => path });
    const { status, headers: own, body } = readHealth(path, options);
    const headers = [answerHeaders, { "x-request-id": requestId }, ownHeaders, own];
    writeAnswer(outgoing, status, headers, Buffer.from(JSON.stringify(body)));
    return true;
  };
}
