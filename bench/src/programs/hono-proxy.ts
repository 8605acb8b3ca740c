import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { endWithParent, reportListening } from "../child-channel.js";
import { createUpstreamPool, forward, forwardedPaths, readBody } from "../forward.js";

/* The yardstick: Hono in, undici's dispatch out, the request parsed and serialised again. */

const [upstream = ""] = process.argv.slice(2);
const pool = createUpstreamPool(upstream);
const app = new Hono<{ Bindings: HttpBindings }>();

for (const [from, to] of Object.entries(forwardedPaths)) {
  app.post(from, async (context) => {
    const request: unknown = JSON.parse((await readBody(context.env.incoming)).toString());
    forward(pool, to, Buffer.from(JSON.stringify(request)), context.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
}

const server = createAdaptorServer({ fetch: app.fetch }) as Server;
server.listen(0, "127.0.0.1", () => reportListening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
