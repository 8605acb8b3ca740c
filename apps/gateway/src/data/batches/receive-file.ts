import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "@copilot-llm/model";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";

/** What stands in the form around the file, as far as it was sent before it. */
export interface ReceivedFile {
  readonly name: string;
  /** `expires_after`; null unless it was sent. */
  readonly lifetimeMs: number | null;
}

export interface ReceiveFileOptions<Stored> {
  readonly contentType: string | undefined;
  readonly maxBytes: number;
  /** Where the file's bytes go, as they come. What it throws is what the caller gets. */
  readonly write: (file: ReceivedFile, content: AsyncIterable<Uint8Array>) => Promise<Stored>;
}

const lifetimeField = "expires_after[seconds]";
const limits = { fields: 20, fieldSize: 4_096, files: 1, parts: 30 };
const shortestLifetimeSeconds = 3_600;
const longestLifetimeSeconds = 2_592_000;

/**
 * Reads the form of an upload to OpenAI's files. The file is passed on in parts; it counts only once the whole form has
 * come and says that the file is for a batch. Throws `invalid_request` and `request_too_large`.
 */
export async function receiveFile<Stored>(
  body: AsyncIterable<Uint8Array>,
  { contentType, maxBytes, write }: ReceiveFileOptions<Stored>,
): Promise<Stored> {
  const form = createForm(contentType, maxBytes);
  const fields = new Map<string, string>();
  let stored: Promise<Stored> | null = null;
  let part: BusboyFileStream | null = null;
  let parsed: Promise<void> = Promise.resolve();
  form.on("field", (name, value) => void fields.set(name, value));
  form.on("file", (name, stream, fileName) => {
    // Whoever reads it hears of a failure; nobody may have begun to.
    stream.on("error", () => {});
    if (name !== "file" || stored !== null) return void stream.resume();
    part = stream;
    const isWhole = () => parsed.then(() => requirePurpose(fields));
    stored = begin(() => write(describe(fileName, fields), readPart(stream, maxBytes, isWhole)));
    // Whoever reads the form hears of it below.
    stored.catch(() => form.destroy());
  });
  parsed = pipeline(Readable.from(body), form).catch((error: unknown) => {
    const failure = error instanceof GatewayError ? error : malformed(error);
    part?.destroy(failure);
    throw failure;
  });
  return settle(parsed, () => stored);
}

/** What was written, or the first of what went wrong. */
async function settle<Stored>(parsed: Promise<void>, stored: () => Promise<Stored> | null): Promise<Stored> {
  const failure = await parsed.then(
    () => null,
    (error: unknown) => error,
  );
  const written = stored();
  if (written !== null) return written;
  throw failure ?? new GatewayError("invalid_request", "The form has no `file`.", { param: "file" });
}

async function begin<Result>(work: () => Promise<Result>): Promise<Result> {
  return work();
}

function createForm(contentType: string | undefined, maxBytes: number) {
  try {
    return Busboy({ headers: { "content-type": contentType ?? "" }, limits: { ...limits, fileSize: maxBytes + 1 } });
  } catch (cause) {
    throw new GatewayError("invalid_request", "Send the file as `multipart/form-data`.", { cause });
  }
}

function describe(name: string, fields: ReadonlyMap<string, string>): ReceivedFile {
  if (fields.has("purpose")) requirePurpose(fields);
  const text = fields.get(lifetimeField);
  if (text === undefined) return { name: name === "" ? "file" : name, lifetimeMs: null };
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < shortestLifetimeSeconds || seconds > longestLifetimeSeconds) {
    const range = `from ${shortestLifetimeSeconds} to ${longestLifetimeSeconds}`;
    throw new GatewayError("invalid_request", `\`${lifetimeField}\` must be a whole number ${range}.`, {
      param: lifetimeField,
    });
  }
  return { name: name === "" ? "file" : name, lifetimeMs: seconds * 1_000 };
}

function requirePurpose(fields: ReadonlyMap<string, string>): void {
  const purpose = fields.get("purpose");
  if (purpose === "batch") return;
  const given = purpose === undefined ? "it was left out" : `not ${JSON.stringify(purpose)}`;
  throw new GatewayError(
    "invalid_request",
    `\`purpose\` must be \`batch\`, ${given}: files are taken for batches only.`,
    {
      param: "purpose",
    },
  );
}

async function* readPart(
  stream: BusboyFileStream,
  maxBytes: number,
  assertWhole: () => Promise<void>,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof GatewayError ? error : malformed(error);
  }
  await assertWhole();
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError("request_too_large", `The file is larger than ${maxBytes} bytes, the most that is taken.`, {
    param: "file",
  });
}

function malformed(cause: unknown): GatewayError {
  return new GatewayError("invalid_request", "The form cannot be read: it is broken, or ends too early.", { cause });
}
