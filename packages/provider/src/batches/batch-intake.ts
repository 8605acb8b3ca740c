import { type ApiKey, type Batch, type BatchProblem, type Clock, dayMs, GatewayError } from "@copilot-llm/model";
import { type BatchEndpoint, MessageBatchSplitter } from "@copilot-llm/protocols";
import type { ItemToAdd, NewBatch, Stores } from "@copilot-llm/stores";
import type { Ids } from "../identity/ids.js";
import { keyOf, type Principal } from "../identity/principal.js";
import { ownerOf } from "./batch-owner.js";
import { LineReader } from "./line-reader.js";
import { splitLines } from "./split-lines.js";

export interface BatchIntakeOptions {
  readonly stores: Pick<Stores, "batches" | "files">;
  readonly ids: Ids;
  readonly clock: Pick<Clock, "nowMs">;
  /** Throws while batches are turned off. */
  readonly requireEnabled: () => void;
  /** Whether the key may use a model of that name. */
  readonly hasModel: (asked: string, key: ApiKey | null) => boolean;
  /** A request may be as large as one that comes by itself. */
  readonly maxRequestBytes: number;
  /** There is something to run. */
  readonly onStarted: () => void;
}

export interface BatchFromFile {
  readonly endpoint: BatchEndpoint;
  readonly fileId: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface BatchFromBody {
  readonly endpoint: BatchEndpoint;
  readonly wireHeaders: Readonly<Record<string, string>>;
}

/** Like the originals. */
const windowMs = dayMs;
const maxMessageRequests = 100_000;
const itemsAtOnce = 1_000;
const mostProblems = 100;

/** Takes in batches: what can be run is begun in the background, in time. */
export class BatchIntake {
  readonly #options: BatchIntakeOptions;

  constructor(options: BatchIntakeOptions) {
    this.#options = options;
  }

  /**
   * Makes a batch of an uploaded file. One with a line that cannot be run is `failed`, and says what is wrong. Throws
   * `permission_denied` while batches are turned off, and `invalid_request` when there is no such file of the owner's.
   */
  async fromFile(principal: Principal, { endpoint, fileId, metadata }: BatchFromFile): Promise<Batch> {
    const { stores, requireEnabled, onStarted } = this.#options;
    requireEnabled();
    const owner = ownerOf(principal);
    const file = await stores.files.find(fileId);
    if (file === null || file.ownerId !== owner.ownerId || file.purpose !== "batch") {
      throw new GatewayError("invalid_request", `There is no file \`${fileId}\`.`, { param: "input_file_id" });
    }
    const batch = await stores.batches.create({
      ...this.#newBatch(principal, endpoint),
      id: this.#options.ids("batch"),
      fileId,
      metadata,
      wireHeaders: {},
    });
    const problems = await this.#addLines(batch, endpoint, keyOf(principal));
    const nowMs = this.#options.clock.nowMs();
    if (problems.length > 0) return stores.batches.fail(batch.id, problems, nowMs);
    const started = await stores.batches.start(batch.id, nowMs);
    onStarted();
    return started;
  }

  /**
   * Makes a batch of a request's body, which is kept as its file. Throws `permission_denied` while batches are turned
   * off, `invalid_request` and `request_too_large` for a body that cannot be taken, and what `content` throws.
   */
  async fromBody(
    principal: Principal,
    { endpoint, wireHeaders }: BatchFromBody,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Batch> {
    const { stores, ids, clock, requireEnabled, onStarted, maxRequestBytes } = this.#options;
    requireEnabled();
    const splitter = new MessageBatchSplitter({ maxRequestBytes, maxItems: maxMessageRequests });
    const items: ItemToAdd[] = [];
    const id = ids("msgbatch");
    const file = {
      id: ids("file"),
      ownerId: ownerOf(principal).ownerId,
      name: id,
      purpose: "batch_internal",
      createdAtMs: clock.nowMs(),
      expiresAtMs: null,
    } as const;
    await stores.files.write(file, readItems(content, splitter, items));
    try {
      await stores.batches.create({
        ...this.#newBatch(principal, endpoint),
        id,
        fileId: file.id,
        metadata: {},
        wireHeaders,
      });
      await this.#add(id, items);
      const started = await stores.batches.start(id, clock.nowMs());
      onStarted();
      return started;
    } catch (error) {
      await stores.files.remove(file.id).catch(() => {});
      throw error;
    }
  }

  #newBatch(
    principal: Principal,
    { api, protocol, operation }: BatchEndpoint,
  ): Omit<NewBatch, "id" | "fileId" | "metadata" | "wireHeaders"> {
    const createdAtMs = this.#options.clock.nowMs();
    return { ...ownerOf(principal), api, protocol, operation, createdAtMs, expiresAtMs: createdAtMs + windowMs };
  }

  /** Adds an item for each line, as long as nothing is wrong; returns what is. */
  async #addLines(batch: Batch, endpoint: BatchEndpoint, key: ApiKey | null): Promise<readonly BatchProblem[]> {
    const { stores, maxRequestBytes } = this.#options;
    const reader = new LineReader(endpoint, (model) => this.#options.hasModel(model, key));
    try {
      for await (const line of splitLines(stores.files.read(batch.fileId, null), maxRequestBytes)) {
        reader.read(line);
        if (reader.problems.length >= mostProblems) return reader.problems;
        if (reader.problems.length === 0 && reader.items.length >= itemsAtOnce)
          await this.#add(batch.id, reader.take());
      }
    } catch (error) {
      const { code, message } = GatewayError.from(error);
      if (code !== "request_too_large" && code !== "not_found") throw error;
      return [...reader.problems, { line: null, code: "invalid_file", message, param: null }];
    }
    reader.end();
    if (reader.problems.length === 0) await this.#add(batch.id, reader.take());
    return reader.problems;
  }

  async #add(batchId: string, items: readonly ItemToAdd[]): Promise<void> {
    for (let from = 0; from < items.length; from += itemsAtOnce) {
      await this.#options.stores.batches.addItems(batchId, items.slice(from, from + itemsAtOnce));
    }
  }
}

/** Passes the body on, and notes its requests on the way. */
async function* readItems(
  content: AsyncIterable<Uint8Array>,
  splitter: MessageBatchSplitter,
  items: ItemToAdd[],
): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    for (const request of splitter.push(chunk)) items.push({ index: items.length, ...request });
    yield chunk;
  }
  splitter.end();
}
