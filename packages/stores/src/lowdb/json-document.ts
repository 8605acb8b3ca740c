import { readFile } from "node:fs/promises";
import { type Adapter, Low } from "lowdb";
import * as z from "zod";
import { writeFileDurably } from "./durable-file.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "./store-failure.js";

export interface JsonDocumentOptions<Data, Stored> {
  readonly path: string;
  /** The shape at rest, `version` aside. */
  readonly schema: z.ZodType<Stored>;
  readonly empty: Data;
  /** May throw a sentence that says what is wrong with the content. */
  readonly decode: (stored: Stored) => Data;
  readonly encode: (data: Data) => Stored;
}

/**
 * One small JSON file, held in memory. Changes are atomic and applied in order; each resolves when it is on disk, and
 * changes that come while a write is under way share the next one. A change that could not be written is taken back.
 */
export interface JsonDocument<Data> {
  readonly data: Data;
  /** `change` runs at once and synchronously: what it throws is what the caller gets, and nothing changes. */
  update<Result>(change: (data: Data) => DocumentChange<Data, Result>): Promise<Result>;
  /** Resolves when no write is pending. */
  close(): Promise<void>;
}

export interface DocumentChange<Data, Result> {
  /** Absent: nothing to write. */
  readonly data?: Data;
  readonly result: Result;
}

/** The version that this software writes; older ones are brought forward when a later one exists. */
const documentVersion = 1;

/**
 * Opens the file, or creates it empty where there is none. Refuses, and leaves the file as it is, when its content is
 * not exactly what this version writes.
 */
export async function openJsonDocument<Data, Stored extends object>(
  options: JsonDocumentOptions<Data, Stored>,
): Promise<JsonDocument<Data>> {
  const low = new Low(createAdapter(options), options.empty);
  const adapter = low.adapter;
  const found = await adapter.read();
  if (found === null) await low.write().catch((error: unknown) => failToWrite(options.path, error));
  else low.data = found;
  return createDocument(low, options.path);
}

/** What the file holds, as its schema says; null where there is none. Refuses as `openJsonDocument` does. */
export async function readJsonDocument<Stored>(path: string, schema: z.ZodType<Stored>): Promise<Stored | null> {
  const text = await readIfPresent(path);
  if (text === null) return null;
  const { version, ...stored } = parseVersioned(path, text);
  if (version !== documentVersion) {
    throw createStoreFailure(
      `${path} has version ${version}, and this software knows version ${documentVersion}: run the version that wrote it, or restore a backup.`,
    );
  }
  const result = schema.safeParse(stored);
  if (!result.success) throw damaged(path, describeIssue(result.error));
  return result.data;
}

function createDocument<Data>(low: Low<Data>, path: string): JsonDocument<Data> {
  let durable = low.data;
  let running: Promise<void> = Promise.resolve();
  let queued: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function write(): Promise<void> {
    const data = low.data;
    try {
      await low.write();
      durable = data;
    } catch (error) {
      // What was queued meanwhile stands on the change that is now taken back, so that it fails along with it.
      low.data = durable;
      if (queued !== null) failure = { error };
      failToWrite(path, error);
    }
  }

  function flush(): Promise<void> {
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null;
        const inherited = failure;
        failure = null;
        if (inherited === null) running = write();
        else {
          low.data = durable;
          running = Promise.reject(inherited.error);
        }
        return running;
      });
    return queued;
  }

  return {
    get data() {
      return low.data;
    },
    async update(change) {
      const changed = change(low.data);
      if (changed.data === undefined) return changed.result;
      low.data = changed.data;
      await flush();
      return changed.result;
    },
    async close() {
      await (queued ?? running).catch(() => undefined);
    },
  };
}

function failToWrite(path: string, error: unknown): never {
  throw createStoreFailure(`Cannot write ${path}: ${describeSystemError(error)}.`, error);
}

function createAdapter<Data, Stored extends object>(options: JsonDocumentOptions<Data, Stored>): Adapter<Data> {
  const { path, schema, decode, encode } = options;
  return {
    async read() {
      const stored = await readJsonDocument(path, schema);
      try {
        return stored === null ? null : decode(stored);
      } catch (error) {
        throw damaged(path, error instanceof Error ? error.message : "unreadable content");
      }
    },
    async write(data) {
      await writeFileDurably(path, `${JSON.stringify({ version: documentVersion, ...encode(data) }, null, 1)}\n`);
    },
  };
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw createStoreFailure(`Cannot read ${path}: ${describeSystemError(error)}.`, error);
  }
}

const versionedSchema = z.looseObject({ version: z.int() });

function parseVersioned(path: string, text: string): z.infer<typeof versionedSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the content.
    throw damaged(path, text.trim() === "" ? "it is empty" : "it is not valid JSON");
  }
  const result = versionedSchema.safeParse(value);
  if (!result.success) throw damaged(path, "it names no version");
  return result.data;
}

/** Names the place and the kind of the first mistake, never the value found there. */
function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown shape" : `${issue.path.join(".") || "the top level"}: ${issue.code}`;
}

function damaged(path: string, reason: string) {
  return createStoreFailure(
    `${path} is damaged (${reason}): restore it from a backup. It has been left as it is, and nothing starts without it.`,
  );
}
