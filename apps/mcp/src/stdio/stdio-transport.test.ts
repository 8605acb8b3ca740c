import { PassThrough } from "node:stream";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it, vi } from "vitest";
import { StdioTransport } from "./stdio-transport.js";

async function start(outputOptions: { readonly highWaterMark?: number } = {}) {
  const input = new PassThrough();
  const output = new PassThrough(outputOptions);
  const onDisconnect = vi.fn();
  const received: JSONRPCMessage[] = [];
  const transport = new StdioTransport({ input, output, maxMessageBytes: 1_000, onDisconnect });
  transport.onmessage = (message) => received.push(message);
  await transport.start();
  const written = () =>
    String(output.read() ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as unknown);
  return { input, output, onDisconnect, received, transport, written };
}

const ping = (id: number): JSONRPCMessage => ({ jsonrpc: "2.0", id, method: "ping" });
const line = (message: unknown) => `${JSON.stringify(message)}\n`;

describe("stdio transport", () => {
  it("passes messages on in both directions", async () => {
    const { input, received, transport, written } = await start();
    input.write(line(ping(1)) + line(ping(2)));
    expect(received).toEqual([ping(1), ping(2)]);
    await transport.send({ jsonrpc: "2.0", id: 1, result: {} });
    expect(written()).toEqual([{ jsonrpc: "2.0", id: 1, result: {} }]);
  });

  it("answers what is no message with the error that JSON-RPC has for it", async () => {
    const { input, received, written } = await start();
    input.write(`nonsense\n${line({ id: 5 })}${line({ pad: "x".repeat(2_000) })}\n${line(ping(6))}`);
    expect(received).toEqual([ping(6)]);
    expect(written()).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: 5, error: { code: -32600 } },
      { id: null, error: { code: -32600 } },
    ]);
  });

  it("answers no nonsense while its answers are not read", async () => {
    const { input, written } = await start({ highWaterMark: 1 });
    input.write("nonsense\n".repeat(50));
    expect(written()).toHaveLength(1);
  });

  it("waits for room in the output", async () => {
    const { output, transport } = await start({ highWaterMark: 1 });
    const sent = vi.fn();
    const sending = transport.send(ping(1)).then(sent);
    await Promise.resolve();
    expect(sent).not.toHaveBeenCalled();
    output.resume();
    await sending;
  });

  it("waits no longer when the output closes", async () => {
    const { output, transport } = await start({ highWaterMark: 1 });
    const sending = transport.send(ping(1));
    output.destroy();
    await sending;
  });

  it("reports when the client is gone, and takes a last line without its end", async () => {
    const { input, onDisconnect, received } = await start();
    input.end(JSON.stringify(ping(1)));
    await vi.waitUntil(() => onDisconnect.mock.calls.length > 0);
    expect(onDisconnect.mock.calls).toEqual([["ended"]]);
    expect(received).toEqual([ping(1)]);
  });

  it("tells when the client cannot be written to", async () => {
    const { output, onDisconnect } = await start();
    output.destroy(new Error("EPIPE"));
    await vi.waitUntil(() => onDisconnect.mock.calls.length > 0);
    expect(onDisconnect.mock.calls).toEqual([["broken"]]);
  });

  it("is idle once every request is answered or cancelled", async () => {
    const { input, transport } = await start();
    input.write(line(ping(1)) + line(ping(2)));
    const idle = vi.fn();
    const waiting = transport.idle().then(idle);
    await transport.send({ jsonrpc: "2.0", id: 1, result: {} });
    expect(idle).not.toHaveBeenCalled();
    input.write(line({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 2 } }));
    await waiting;
  });

  it("passes nothing on after it is closed", async () => {
    const { input, received, transport } = await start();
    const onclose = vi.fn();
    transport.onclose = onclose;
    await transport.close();
    await transport.close();
    input.write(line(ping(1)));
    input.resume();
    expect(received).toEqual([]);
    expect(onclose).toHaveBeenCalledTimes(1);
  });
});
