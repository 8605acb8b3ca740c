import type { BatchStore } from "./interfaces/batch-store.js";
import type { FileStore } from "./interfaces/file-store.js";

/** Until a backend has them. */
export function refuseBatches(): { readonly files: FileStore; readonly batches: BatchStore } {
  const refuse = new Proxy({}, { get: (_, name) => () => Promise.reject(new Error(`no ${String(name)} yet`)) });
  return { files: refuse as FileStore, batches: refuse as BatchStore };
}
