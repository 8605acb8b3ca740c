import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, onTestFinished, test } from "vitest";
import { discardRest } from "./discard-rest.js";

/** A server that answers before it has read, and a client that has sent only a part of its body. */
async function refuseEarly() {
  const clock = createManualClock();
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.writeHead(401, { "content-length": 2 }).end("no");
    discardRest(incoming, outgoing, clock);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => void client.destroy());
  client.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf");
  const [answer] = (await once(client, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 401/);
  while (clock.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
  return { clock, client };
}

test("the connection is cut when the rest of a body does not come", async () => {
  const { clock, client } = await refuseEarly();
  const closed = once(client, "close");
  clock.advance(500);
  await closed;
  expect(clock.waiting()).toBe(0);
});

test("the connection serves on when the rest has come, which nobody reads", async () => {
  const { clock, client } = await refuseEarly();
  client.write("whole!POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
  const [answer] = (await once(client, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 401/);
  expect(clock.waiting()).toBe(0);
});
