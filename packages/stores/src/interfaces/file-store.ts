import type { StoredFile } from "@copilot-llm/model";

export type NewFile = Omit<StoredFile, "bytes">;

export interface FileQuery {
  readonly ownerId: string;
  readonly purpose?: StoredFile["purpose"];
  /** The last file of the page before. */
  readonly afterId?: string;
  readonly limit: number;
  /** In order of creation: the oldest first, or the newest. */
  readonly order: "asc" | "desc";
}

/** Files as bytes, of any size: they pass through in parts and are never in memory as a whole. */
export interface FileStore {
  /**
   * Durable when it resolves. Throws `conflict` when the id is taken, and what `content` throws; nothing is left then,
   * nor of what a process that dies was writing.
   */
  write(file: NewFile, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredFile>;
  find(id: string): Promise<StoredFile | null>;
  /** Throws `invalid_request` when there is no file `afterId`. */
  list(query: FileQuery): Promise<readonly StoredFile[]>;
  /**
   * The whole, or the part of it; a part that goes beyond the end ends there. Throws `not_found`, also when the file is
   * removed meanwhile.
   */
  read(id: string, part: { readonly offset: number; readonly length: number } | null): AsyncIterable<Uint8Array>;
  /** True for exactly one caller. A batch that needs the file is not asked. */
  remove(id: string): Promise<boolean>;
}
