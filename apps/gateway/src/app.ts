import type { RequestListener } from "node:http";
import type { AppOptions } from "./app-options.js";
import { createDataLane } from "./data/data-lane.js";
import { answerError } from "./error-map.js";
import type { HonoApp } from "./hono-app.js";
import { createHealthLane } from "./http/health-lane.js";
import { createStartExchange } from "./http/start-exchange.js";

export interface App {
  /** Every route, loaded when it is first asked for. */
  readonly openHono: () => Promise<HonoApp>;
  /** The gateway's HTTP surface. */
  readonly listener: RequestListener;
}

/**
 * The gateway's HTTP surface: probes and requests to models by the short way, everything else by Hono. That comes with the
 * schemas of the admin API, a third of what a start would load, and is loaded when the first asks for it.
 */
export function createApp(options: AppOptions): App {
  const { log, trustProxy, metrics, startSpan, provider } = options;
  const startExchange = createStartExchange({
    log,
    ids: provider.ids,
    trustProxy,
    onExchange: metrics.observeExchange,
    startSpan,
  });
  const takeProbe = createHealthLane(startExchange, options);
  const takeDataRequest = createDataLane(startExchange, answerError, options);
  let opening: Promise<HonoApp> | null = null;
  const openHono = (): Promise<HonoApp> => {
    opening ??= import("./hono-app.js").then(({ createHonoApp }) => createHonoApp(options, startExchange));
    return opening;
  };
  return {
    openHono,
    listener(incoming, outgoing) {
      if (takeProbe(incoming, outgoing) || takeDataRequest(incoming, outgoing)) return;
      openHono().then(
        ({ listener }) => {
          // A client that left meanwhile would not be noticed any more.
          if (!outgoing.destroyed) listener(incoming, outgoing);
        },
        (error: unknown) => {
          opening = null;
          log.error("The routes of the gateway could not be loaded.", { error });
          outgoing.writeHead(503, { "cache-control": "no-store" }).end();
        },
      );
    },
  };
}
