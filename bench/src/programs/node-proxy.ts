import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { endWithParent, reportListening } from "../child-channel.js";
import { createUpstreamPool, forward, forwardedPaths, readBody } from "../forward.js";

/* The least that a proxy on Node can be: node:http in, undici's dispatch out, bodies as they came. */

const [upstream = ""] = process.argv.slice(2);
const pool = createUpstreamPool(upstream);

const server = createServer((incoming, outgoing) => {
  const path = forwardedPaths[incoming.url ?? ""];
  if (path === undefined) outgoing.writeHead(404).end();
  else void readBody(incoming).then((body) => forward(pool, path, body, outgoing));
});
server.listen(0, "127.0.0.1", () => reportListening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();
