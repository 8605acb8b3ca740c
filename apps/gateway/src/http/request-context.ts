import type { ApiKey, User } from "@copilot-llm/model";
import type { OpenSession } from "@copilot-llm/provider";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { HttpExchange } from "./http-exchange.js";
import type { RequestLogEntry } from "./request-log-entry.js";
import type { HeaderValues } from "./write-answer.js";

/** What every handler finds in Hono's context. */
export interface GatewayEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    exchange: HttpExchange;
    requestId: string;
    clientIp: string | null;
    logEntry: RequestLogEntry;
    /** Every answer carries them. */
    answerHeaders: HeaderValues;
    /** The signed-in user of an admin route. */
    user: User;
    /** That user with the session that they came by. */
    signedIn: OpenSession;
    /** Of a route for whoever holds one. */
    key: ApiKey;
  };
}

export type GatewayContext = Context<GatewayEnv>;
