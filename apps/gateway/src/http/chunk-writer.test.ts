import { EventEmitter, once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { ChunkWriter } from "./chunk-writer.js";

async function listen(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<number> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function openAnswer(port: number, agent?: Agent): Promise<IncomingMessage> {
  const [answer] = (await once(request({ host: "127.0.0.1", port, agent }).end(), "response")) as [IncomingMessage];
  return answer;
}

async function readRaw(port: number, sent: string): Promise<string> {
  const client = connect(port, "127.0.0.1");
  client.write(sent);
  return await text(client);
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("chunks of every length come out as they went in, and the connection serves on", async () => {
  const lengths = [1, 15, 16, 255, 0, 4_096, 16_384, 16_385, 70_000, 3];
  const chunks = lengths.map((length, index) => Buffer.alloc(length, 97 + index));
  const port = await listen((_incoming, outgoing) => {
    const writer = new ChunkWriter(outgoing, () => undefined);
    void (async () => {
      for (const chunk of chunks) {
        writer.write(chunk);
        await nextTurn();
      }
      outgoing.end();
    })();
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  for (const _ of [1, 2])
    expect((await buffer(await openAnswer(port, agent))).equals(Buffer.concat(chunks))).toBe(true);
});

test("a chunk is one write to the socket, once the head is sent", async () => {
  const writes: number[] = [];
  const port = await listen((_incoming, outgoing) => {
    const writer = new ChunkWriter(outgoing, () => undefined);
    writer.write(Buffer.from("first"));
    const { socket } = outgoing;
    if (socket === null) throw new Error("The response has no socket.");
    const write = vi.spyOn(socket, "write");
    writer.write(Buffer.from("second"));
    writer.write(Buffer.from("third"));
    writes.push(write.mock.calls.length);
    write.mockRestore();
    outgoing.end();
  });
  expect(await text(await openAnswer(port))).toBe("firstsecondthird");
  expect(writes).toEqual([2]);
});

test("of two requests on one connection each is answered in its turn", async () => {
  const writers: [ChunkWriter, ServerResponse][] = [];
  const port = await listen((_incoming, outgoing) => {
    writers.push([new ChunkWriter(outgoing, () => undefined), outgoing]);
    if (writers.length < 2) return;
    for (const piece of ["a", "b", "c"])
      for (const [index, [writer]] of writers.entries()) writer.write(Buffer.from(`${piece}${index}`));
    for (const [, response] of writers.toReversed()) response.end();
  });
  const ask = (connection: string) => `GET / HTTP/1.1\r\nhost: x\r\nconnection: ${connection}\r\n\r\n`;
  const [, first, second] = (await readRaw(port, ask("keep-alive") + ask("close"))).split("HTTP/1.1 200 OK");
  expect(first).toMatch(/\r\n\r\n2\r\na0\r\n2\r\nb0\r\n2\r\nc0\r\n0\r\n\r\n$/);
  expect(second).toMatch(/\r\n\r\n2\r\na1\r\n2\r\nb1\r\n2\r\nc1\r\n0\r\n\r\n$/);
});

test("a client of HTTP/1.0 gets no frames", async () => {
  const port = await listen((_incoming, outgoing) => {
    const writer = new ChunkWriter(outgoing, () => undefined);
    for (const piece of ["one", "two", "three"]) writer.write(Buffer.from(piece));
    outgoing.end();
  });
  expect(await readRaw(port, "GET / HTTP/1.0\r\n\r\n")).toMatch(/\r\n\r\nonetwothree$/);
});

test("a source that rests when told goes on when there is room, and fills no memory", async () => {
  const chunk = Buffer.alloc(16_000, 97);
  const total = 1_000 * chunk.length;
  let written = 0;
  let rests = 0;
  let longestExcess = 0;
  const port = await listen((_incoming, outgoing) => {
    const write = () => {
      while (written < total) {
        written += chunk.length;
        const hasRoom = writer.write(chunk);
        const { writableLength = 0, writableHighWaterMark = 0 } = outgoing.socket ?? {};
        longestExcess = Math.max(longestExcess, writableLength - writableHighWaterMark);
        if (hasRoom) continue;
        rests += 1;
        return;
      }
      outgoing.end();
    };
    const writer = new ChunkWriter(outgoing, write);
    write();
  });
  expect((await buffer(await openAnswer(port))).length).toBe(total);
  expect(rests).toBeGreaterThan(0);
  expect(longestExcess).toBeLessThan(2 * chunk.length);
});

test("what is written after the client has gone goes nowhere and breaks nothing", async () => {
  const events = new EventEmitter();
  const gone = once(events, "gone");
  const port = await listen((_incoming, outgoing) => {
    const writer = new ChunkWriter(outgoing, () => undefined);
    writer.write(Buffer.from("first"));
    outgoing.on("close", () => events.emit("gone", writer.write(Buffer.from("second"))));
  });
  const answer = await openAnswer(port);
  answer.on("error", () => undefined);
  answer.destroy();
  expect(await gone).toEqual([false]);
});
