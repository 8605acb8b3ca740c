/** A conversation of the playground that was kept in this browser. */
export interface SavedChat {
  id: string;
  title: string;
  savedAt: string;
  /** As the playground wrote it. */
  data: string;
}

const databaseName = "copilot-llm-console";
const storeName = "chats";

/**
 * Runs one step on the browser's database of kept conversations, which is made when it is first needed. Resolves once it
 * is on disk: a full disk is only told when what was written is committed.
 */
function withStore<Result>(
  mode: IDBTransactionMode,
  run: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: "id" });
    opening.onerror = () => reject(opening.error ?? nothingKept());
    opening.onsuccess = () => {
      const database = opening.result;
      try {
        const transaction = database.transaction(storeName, mode);
        const request = run(transaction.objectStore(storeName));
        transaction.oncomplete = () => resolve(request.result);
        // A step that fails ends here too.
        transaction.onabort = () => reject(transaction.error ?? request.error ?? nothingKept());
      } catch (error) {
        reject(error);
      } finally {
        // Waits for what is under way.
        database.close();
      }
    };
  });
}

const nothingKept = () => new Error("The browser keeps nothing.");

export function listSavedChats(): Promise<readonly SavedChat[]> {
  return withStore<SavedChat[]>("readonly", (store) => store.getAll());
}

export async function saveChat(chat: SavedChat): Promise<void> {
  await withStore("readwrite", (store) => store.put(chat));
}

/** Forgets every kept conversation. */
export async function forgetSavedChats(): Promise<void> {
  await withStore("readwrite", (store) => store.clear());
}
