import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import * as zlib from "node:zlib";
import { GatewayError } from "@copilot-llm/model";
import { describe, expect, onTestFinished, test } from "vitest";
import { openExchange } from "../testing/open-exchange.js";
import { readBody } from "./read-body.js";

const maxBytes = 100_000;

/** Sends the chunks and tells what `readBody` made of them: text, or the error's code and message. */
async function read(encoding: string, chunks: readonly Uint8Array[]): Promise<string | readonly [string, string]> {
  const server = createServer((incoming, outgoing) => {
    const answer = (value: unknown) => outgoing.end(JSON.stringify(value));
    Promise.resolve()
      .then(() => readBody(incoming, maxBytes))
      .then(
        (body) => answer(Buffer.from(body).toString()),
        (error: unknown) => answer([GatewayError.from(error).code, GatewayError.from(error).message]),
      );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ port, host: "127.0.0.1", method: "POST", headers: { "content-encoding": encoding } });
  const answered = once(outgoing, "response");
  for (const chunk of chunks) outgoing.write(chunk);
  outgoing.end();
  const [incoming] = await answered;
  const received: Buffer[] = [];
  for await (const chunk of incoming) received.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(received).toString());
}

const bytesOf = (whole: Uint8Array): Uint8Array[] => Array.from(whole, (_, index) => whole.subarray(index, index + 1));

const text = JSON.stringify({
  model: "gpt-5-mini",
  messages: [{ role: "user", content: `${"hello hello, ".repeat(40)}end` }],
});
/** The text as the zstd program writes it, with a checksum and without. */
const zstdTexts = [
  "KLUv/WRLAWUCALIEEBagpTo1fm3wRTLY5OknLKoO1xue7B+ajWg2+UGGIj7g88qvVICJ1Xfg81GV2XDen2L3ycQoUSpCWYLjM95oMgsCAPgwFQoRyhkEIVGE",
  "KLUv/QBYZQIAsgQQFqClOjV+bfBFMtjk6Scsqg7XG57sH5qNaDb5QYYiPuDzyq9UgInVd+DzUZXZcN6fYvfJxChRKkJZguMz3mgyCwIA+DAVChHKGQ==",
].map((base64) => Buffer.from(base64, "base64"));

/** A zstd frame of blocks that repeat one byte, each of four bytes. */
function repeated(blockBytes: number, blocks: number, windowDescriptor = 0x58): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowDescriptor]);
  const frame = Array.from({ length: blocks }, (_, index) => {
    const block = Buffer.alloc(4, "x");
    block.writeUIntLE((blockBytes << 3) | 2 | Number(index === blocks - 1), 0, 3);
    return block;
  });
  return Buffer.concat([header, ...frame]);
}

const [zstdText = Buffer.alloc(0)] = zstdTexts;
const encoded: readonly (readonly [string, Buffer])[] = [
  ["gzip", zlib.gzipSync(text)],
  ["x-gzip", zlib.gzipSync(text)],
  ["GZIP", zlib.gzipSync(text)],
  ["deflate", zlib.deflateSync(text)],
  ["br", zlib.brotliCompressSync(text)],
  ...zstdTexts.map((bytes) => ["zstd", bytes] as const),
  ["identity", Buffer.from(text)],
  [" Identity ", Buffer.from(text)],
];

describe("a request body", () => {
  test.each(encoded)("in %s is decoded, whole and byte by byte", async (encoding, bytes) => {
    expect(await read(encoding, [bytes])).toBe(text);
    expect(await read(encoding, bytesOf(bytes))).toBe(text);
  });

  test("of several zstd frames is one", async () => {
    expect(await read("zstd", zstdTexts)).toBe(text + text);
    expect(await read("zstd", bytesOf(Buffer.concat(zstdTexts)))).toBe(text + text);
  });

  test.each(encoded.slice(0, -2))("in %s that is cut or broken is refused", async (encoding, bytes) => {
    const other = encoding === "br" ? Buffer.alloc(40, 0xff) : Buffer.from("hello, this is no compressed text at all");
    for (const broken of [bytes.subarray(0, -1), bytes.subarray(0, 20), other, Buffer.alloc(0)]) {
      expect(await read(encoding, [broken])).toEqual(["invalid_request", expect.stringContaining("cannot be decoded")]);
    }
  });

  const large = "x".repeat(maxBytes + 1);
  test.each([
    ["gzip", zlib.gzipSync(large)],
    ["deflate", zlib.deflateSync(large)],
    ["br", zlib.brotliCompressSync(large)],
    ["zstd", repeated(maxBytes + 1, 1)],
    ["zstd", repeated(100_000, 50_000)],
    ["identity", Buffer.from(large)],
    ["gzip", Buffer.concat(Array.from({ length: 10_000 }, () => zlib.gzipSync("")))],
  ])("in %s is too large by what it holds, and by what was sent", async (encoding, bytes) => {
    expect(await read(encoding, [bytes])).toEqual(["request_too_large", expect.stringContaining("100000 bytes")]);
  });

  test("up to the limit is taken", async () => {
    expect(await read("zstd", [repeated(maxBytes, 1)])).toBe("x".repeat(maxBytes));
    expect(await read("gzip", [zlib.gzipSync("x".repeat(maxBytes))])).toBe("x".repeat(maxBytes));
  });

  test("that would make the decoder keep more than 8 MiB is refused before it does", async () => {
    const singleSegment = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x7f, ...new Array(20).fill(0)]);
    for (const frame of [repeated(9, 1, 0x69), singleSegment, Buffer.concat([zstdText, singleSegment])]) {
      expect(await read("zstd", [frame])).toEqual(["invalid_request", expect.any(String)]);
    }
    expect(await read("zstd", [repeated(2 ** 17, 1)])).toContain("request_too_large");
    expect(await read("zstd", [repeated(2 ** 17 + 1, 1)])).toContain("invalid_request");
  });

  test.each(["identity", "gzip"])("in %s of a client that has hung up already is not waited for", async (encoding) => {
    const { incoming, leave } = openExchange("POST", "/v1/messages");
    incoming.headers["content-encoding"] = encoding;
    leave();
    await once(incoming, "close");
    await expect(readBody(incoming, maxBytes)).rejects.toMatchObject({ code: "client_closed" });
  });

  test.each(["compress", "gzip, br", "aes128gcm"])("in %s is not taken, and is told what is", async (encoding) => {
    expect(await read(encoding, [Buffer.from(text)])).toEqual([
      "unsupported_encoding",
      `Request bodies with \`content-encoding: ${encoding}\` are not taken; gzip, deflate, br, zstd are.`,
    ]);
  });
});
