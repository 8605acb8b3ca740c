import { GatewayError } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { type ReceivedFile, receiveFile } from "./receive-file.js";

const boundary = "frontier";
const contentType = `multipart/form-data; boundary=${boundary}`;

function part(name: string, content: string, fileName?: string): string {
  const file = fileName === undefined ? "" : `; filename="${fileName}"\r\ncontent-type: application/jsonl`;
  return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
}

const end = `--${boundary}--\r\n`;
const purpose = part("purpose", "batch");
const file = part("file", "line 1\nline 2", "in.jsonl");

async function* inParts(text: string, size = 7): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

interface Stored extends ReceivedFile {
  readonly content: string;
}

async function store(described: ReceivedFile, content: AsyncIterable<Uint8Array>): Promise<Stored> {
  const parts: Uint8Array[] = [];
  for await (const chunk of content) parts.push(chunk);
  return { ...described, content: Buffer.concat(parts).toString() };
}

const receive = (body: AsyncIterable<Uint8Array>, write = store, type: string | undefined = contentType) =>
  receiveFile(body, { contentType: type, maxBytes: 100, write });

describe("the form of an upload", () => {
  it.each([
    ["before", purpose + file + end],
    ["after", file + purpose + end],
  ])("gives its file, whose purpose may stand %s it", async (_where, form) => {
    for (const size of [1, 7, 1_000]) {
      expect(await receive(inParts(form, size))).toEqual({
        name: "in.jsonl",
        lifetimeMs: null,
        content: "line 1\nline 2",
      });
    }
  });

  it("tells how long the file is to be kept, where that stands before it", async () => {
    const expiry = part("expires_after[anchor]", "created_at") + part("expires_after[seconds]", "3600");
    expect(await receive(inParts(expiry + file + purpose + end))).toMatchObject({ lifetimeMs: 3_600_000 });
    const never = part("expires_after[seconds]", "never");
    await expect(receive(inParts(never + file + purpose + end))).rejects.toMatchObject({ code: "invalid_request" });
  });

  it.each([
    ["another purpose before the file", part("purpose", "vision") + file + end, "`purpose` must be `batch`"],
    ["another purpose after it", file + part("purpose", "vision") + end, "`purpose` must be `batch`"],
    ["no purpose", file + end, "it was left out"],
    ["no file", purpose + end, "has no `file`"],
    ["no end", purpose + file, "ends too early"],
    ["half a file", `${purpose}${file.slice(0, -6)}`, "ends too early"],
    ["no beginning", "nonsense", "ends too early"],
    ["a file that is too large", purpose + part("file", "x".repeat(101), "in.jsonl") + end, "larger than 100 bytes"],
  ])("is refused with %s, and what was written of it is not whole", async (_name, form, message) => {
    let isWhole = false;
    const write = async (described: ReceivedFile, content: AsyncIterable<Uint8Array>) => {
      const stored = await store(described, content);
      isWhole = true;
      return stored;
    };
    await expect(receive(inParts(form), write)).rejects.toThrow(message);
    expect(isWhole).toBe(false);
  });

  it("is refused where it is none", async () => {
    for (const type of [undefined, "application/json", "multipart/form-data"]) {
      await expect(
        receiveFile(inParts("{}"), { contentType: type, maxBytes: 100, write: store }),
      ).rejects.toMatchObject({ code: "invalid_request" });
    }
  });

  it("gives what went wrong with writing, begun or not", async () => {
    const full = new GatewayError("unavailable", "The disk is full.");
    await expect(receive(inParts(purpose + file + end), () => Promise.reject(full))).rejects.toBe(full);
    const refuse = () => {
      throw full;
    };
    await expect(receive(inParts(purpose + file + end), refuse)).rejects.toBe(full);
    const midway = async (_described: ReceivedFile, content: AsyncIterable<Uint8Array>): Promise<Stored> => {
      for await (const _chunk of content) throw full;
      throw new Error("there was nothing");
    };
    await expect(receive(inParts(purpose + file + end), midway)).rejects.toBe(full);
  });

  it("gives what went wrong with the body, in the middle of the file or before it", async () => {
    const gone = new GatewayError("client_closed", "The client hung up.");
    async function* breakAfter(text: string): AsyncIterable<Uint8Array> {
      yield* inParts(text);
      throw gone;
    }
    await expect(receive(breakAfter(purpose + file.slice(0, -8)))).rejects.toBe(gone);
    await expect(receive(breakAfter(purpose))).rejects.toBe(gone);
  });
});
