import type { ApiKey, User } from "@copilot-llm/model";
import type { OpenSession } from "@copilot-llm/provider";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { HttpExchange } from "./http-exchange.js";

/** What every handler finds in Hono's context. */
export interface GatewayEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    exchange: HttpExchange;
    /** The signed-in user of an admin route. */
    user: User;
    /** That user with the session that they came by. */
    signedIn: OpenSession;
    /** Of a route for whoever holds one. */
    key: ApiKey;
  };
}

export type GatewayContext = Context<GatewayEnv>;
