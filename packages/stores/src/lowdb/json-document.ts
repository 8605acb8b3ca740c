import type { AuditEvent } from "@copilot-llm/model";
import { type Adapter, Low } from "lowdb";
import type { ChangeTrail } from "./change-trail.js";
import type { DocumentFormat } from "./migrations/document-migration.js";
import { createDamage, readStoredDocument, writeStoredDocument } from "./stored-document.js";

/** What every such file has beside its content. */
export interface KeepsEvents {
  /** Those of the latest changes; the trail may lack them. */
  events: AuditEvent[];
}

/** What the documents of a directory have in common. */
export interface DocumentContext {
  readonly trail: ChangeTrail;
  /** Awaited before each write of a change: throws while the directory is not this process's. */
  readonly requireHeld: () => Promise<void>;
}

export interface JsonDocumentOptions<Data, Stored extends KeepsEvents> extends DocumentContext {
  readonly path: string;
  readonly format: DocumentFormat<Stored>;
  readonly empty: Data;
  /** May throw a sentence that says what is wrong with the content. */
  readonly decode: (stored: Stored) => Data;
  readonly encode: (data: Data) => Omit<Stored, "events">;
}

/**
 * One small JSON file, held in memory. Changes are atomic and applied in order; each resolves when it is on disk, and
 * changes that come while a write is under way share the next one. A change that could not be written is taken back.
 * The event of a change is written along with it, and then handed over to the trail.
 */
export interface JsonDocument<Data> {
  readonly data: Data;
  /** What `data` may come to when writes that are under way fail or the process ends: itself first. */
  readonly possible: readonly Data[];
  /** `change` runs at once and synchronously: what it throws is what the caller gets, and nothing changes. */
  update<Result>(change: (data: Data) => DocumentChange<Data, Result>): Promise<Result>;
  /** Resolves when no write is pending. */
  close(): Promise<void>;
}

export interface DocumentChange<Data, Result> {
  /** Absent: nothing to write. */
  readonly data?: Data;
  readonly result: Result;
  readonly event?: AuditEvent | undefined;
}

/**
 * Opens the file, or creates it empty where there is none. Refuses, and leaves the file as it is, when its content is
 * not exactly what the current version or an earlier one wrote. See `upgradeDocument` for the latter.
 */
export async function openJsonDocument<Data, Stored extends KeepsEvents>(
  options: JsonDocumentOptions<Data, Stored>,
): Promise<JsonDocument<Data>> {
  const low = new Low(createAdapter(options), { content: options.empty, events: [] });
  const adapter = low.adapter;
  const found = await adapter.read();
  if (found === null) await low.write();
  else low.data = found;
  for (const event of low.data.events) options.trail.adopt(event);
  return createDocument(low, options.trail);
}

/** What is written as one. */
interface Whole<Data> {
  readonly content: Data;
  readonly events: readonly AuditEvent[];
}

function createDocument<Data>(low: Low<Whole<Data>>, trail: ChangeTrail): JsonDocument<Data> {
  let durable = low.data;
  let underWay: Whole<Data> | null = null;
  let running: Promise<void> = Promise.resolve();
  let queued: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function write(): Promise<void> {
    const data = low.data;
    underWay = data;
    try {
      await low.write();
      for (const { id } of durable.events) {
        if (!data.events.some((event) => event.id === id)) trail.forget(id);
      }
      durable = data;
    } catch (error) {
      // What was queued meanwhile stands on the change that is now taken back, so that it fails along with it.
      low.data = durable;
      if (queued !== null) failure = { error };
      throw error;
    } finally {
      underWay = null;
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
      return low.data.content;
    },
    get possible() {
      return [low.data, durable, ...(underWay === null ? [] : [underWay])].map(({ content }) => content);
    },
    async update(change) {
      const { data, result, event } = change(low.data.content);
      if (data === undefined) return result;
      const kept = low.data.events.filter(({ id }) => !trail.hasTaken(id));
      low.data = { content: data, events: event === undefined ? kept : [...kept, event] };
      await flush();
      if (event !== undefined) trail.adopt(event);
      return result;
    },
    async close() {
      await (queued ?? running).catch(() => undefined);
    },
  };
}

function createAdapter<Data, Stored extends KeepsEvents>(
  options: JsonDocumentOptions<Data, Stored>,
): Adapter<Whole<Data>> {
  const { path, format, decode, encode, requireHeld } = options;
  return {
    async read() {
      const document = await readStoredDocument(path, format);
      try {
        if (document === null) return null;
        return { content: decode(document.stored), events: document.stored.events };
      } catch (error) {
        throw createDamage(path, error instanceof Error ? error.message : "unreadable content");
      }
    },
    async write({ content, events }) {
      await requireHeld();
      await writeStoredDocument(path, format, { ...encode(content), events: [...events] });
    },
  };
}
