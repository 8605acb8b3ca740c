import type { RequestListener } from "node:http";
import { GatewayError } from "@copilot-llm/model";
import type { AppOptions } from "./app-options.js";
import { createDataLane } from "./data/data-lane.js";
import { answerError } from "./error-map.js";
import type { HonoApp } from "./hono-app.js";
import { assertHost, assertRequestTarget } from "./http/assert-request-target.js";
import { createHealthLane } from "./http/health-lane.js";
import { createMalformedListener } from "./http/refuse-malformed.js";
import { createRefuseRequest } from "./http/refuse-request.js";
import type { ServerListeners } from "./http/server-listeners.js";
import { createStartExchange } from "./http/start-exchange.js";
import { createLoader } from "./loading/create-loader.js";

const expectationFailed = 417;

export interface App {
  /** Every route, loaded when it is first asked for. */
  readonly openHono: () => Promise<HonoApp>;
  /** The gateway's HTTP surface. */
  readonly listener: ServerListeners;
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
  const openHono = createLoader(async () => (await import("./hono-app.js")).createHonoApp(options, startExchange));
  const refuse = createRefuseRequest(startExchange, answerError);
  const takeRequest: RequestListener = (incoming, outgoing) => {
    try {
      assertHost(incoming);
      if (takeProbe(incoming, outgoing) || takeDataRequest(incoming, outgoing)) return;
      assertRequestTarget(incoming);
    } catch (error) {
      refuse(incoming, outgoing, error);
      return;
    }
    openHono().then(
      ({ listener }) => {
        // A client that left meanwhile would not be noticed any more.
        if (!outgoing.destroyed) listener(incoming, outgoing);
      },
      (error: unknown) => {
        log.error("The routes of the gateway could not be loaded.", { error });
        refuse(incoming, outgoing, new GatewayError("unavailable", "The gateway could not load its routes."));
      },
    );
  };
  return {
    openHono,
    listener: {
      request: takeRequest,
      expectation: (incoming, outgoing) => {
        const message = "The `Expect` header asks for what is not offered. Leave it out, or send `100-continue`.";
        refuse(incoming, outgoing, new GatewayError("invalid_request", message), expectationFailed);
      },
      malformed: createMalformedListener({ ids: provider.ids, log }),
    },
  };
}
