import { type Clock, dayMs, GatewayError, type StoredFile } from "@copilot-llm/model";
import type { FileStore } from "@copilot-llm/stores";
import type { Ids } from "../identity/ids.js";

export interface BatchFilesOptions {
  readonly files: FileStore;
  readonly ids: Ids;
  readonly clock: Pick<Clock, "nowMs">;
  /** Throws while batches are turned off. */
  readonly requireEnabled: () => void;
}

export interface NewBatchFile {
  readonly name: string;
  /** Null: 30 days from now. */
  readonly lifetimeMs: number | null;
}

export interface FilePageQuery {
  readonly afterId?: string;
  readonly limit: number;
  readonly order: "asc" | "desc";
}

const defaultLifetimeMs = 30 * dayMs;

/** The files that the owners of batches upload for them; nobody else's are there for them. */
export class BatchFiles {
  readonly #options: BatchFilesOptions;

  constructor(options: BatchFilesOptions) {
    this.#options = options;
  }

  /** Throws what `content` throws, and `permission_denied` while batches are turned off. */
  create(ownerId: string, file: NewBatchFile, content: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const { files, ids, clock, requireEnabled } = this.#options;
    requireEnabled();
    const createdAtMs = clock.nowMs();
    const expiresAtMs = createdAtMs + (file.lifetimeMs ?? defaultLifetimeMs);
    return files.write(
      { id: ids("file"), ownerId, name: file.name, purpose: "batch", createdAtMs, expiresAtMs },
      content,
    );
  }

  /** Throws `not_found`. */
  async find(ownerId: string, id: string): Promise<StoredFile> {
    const file = await this.#options.files.find(id);
    if (file === null || file.ownerId !== ownerId || file.purpose !== "batch") {
      throw new GatewayError("not_found", `There is no file \`${id}\`.`, { param: "file_id" });
    }
    return file;
  }

  /** One more than `limit` tells that there are more. */
  list(ownerId: string, query: FilePageQuery): Promise<readonly StoredFile[]> {
    return this.#options.files.list({ ...query, ownerId, purpose: "batch" });
  }

  /** Throws `not_found`. */
  async read(ownerId: string, id: string): Promise<AsyncIterable<Uint8Array>> {
    await this.find(ownerId, id);
    return this.#options.files.read(id, null);
  }

  /** Items of a batch that have not run then fail. Throws `not_found`. */
  async remove(ownerId: string, id: string): Promise<void> {
    await this.find(ownerId, id);
    await this.#options.files.remove(id);
  }
}
