import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, onTestFinished, test } from "vitest";
import { readBodyInTime } from "./read-body-in-time.js";

/** A rest is seen that much later at most. */
const lookEveryMs = 5_000;

/** A request whose body the test sends piece by piece, and what is read of it. */
async function openBody(wholeWithinMs: number | null = null) {
  const clock = createManualClock();
  const server = createServer();
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outgoing = request({ port: (server.address() as AddressInfo).port, method: "POST" });
  outgoing.on("error", () => undefined);
  onTestFinished(() => void outgoing.destroy());
  const arrived = new Promise<IncomingMessage>((resolve) => server.once("request", resolve));
  outgoing.flushHeaders();
  const incoming = await arrived;
  const body = readBodyInTime(incoming, 1_000, { clock, wholeWithinMs });
  const send = async (piece: string) => {
    const came = new Promise((resolve) => incoming.once("data", resolve));
    outgoing.write(piece);
    await came;
  };
  return { clock, outgoing, body, send };
}

test("a body may take as long as it keeps coming", async () => {
  const { clock, outgoing, body, send } = await openBody();
  for (let piece = 0; piece < 10; piece += 1) {
    await send("x");
    clock.advance(24_000);
  }
  outgoing.end("y");
  expect(Buffer.from(await body).toString()).toBe("xxxxxxxxxxy");
  expect(clock.waiting()).toBe(0);
});

test("a body that rests for 30 seconds is given up", async () => {
  const { clock, body, send } = await openBody();
  const refused = expect(body).rejects.toMatchObject({ code: "request_timeout" });
  await send("x");
  clock.advance(20_000);
  await send("x");
  clock.advance(29_999);
  expect(clock.waiting()).toBe(1);
  clock.advance(lookEveryMs + 1);
  await refused;
  expect(clock.waiting()).toBe(0);
});

test("where the whole is wanted in time, drops do not help", async () => {
  const { clock, body, send } = await openBody(30_000);
  const refused = expect(body).rejects.toMatchObject({ code: "request_timeout" });
  await send("x");
  clock.advance(29_000);
  await send("x");
  clock.advance(1_000);
  await refused;
});

test("no watch is left when the client hangs up or sends too much", async () => {
  const gone = await openBody();
  const closed = expect(gone.body).rejects.toMatchObject({ code: "client_closed" });
  gone.outgoing.destroy();
  await closed;
  expect(gone.clock.waiting()).toBe(0);
  const long = await openBody();
  const refused = expect(long.body).rejects.toMatchObject({ code: "request_too_large" });
  long.outgoing.end("x".repeat(2_000));
  await refused;
  expect(long.clock.waiting()).toBe(0);
});
