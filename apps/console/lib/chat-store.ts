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

/** Runs one step on the browser's database of kept conversations, which is made when it is first needed. */
function withStore<Result>(
  mode: IDBTransactionMode,
  run: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: "id" });
    opening.onerror = () => reject(opening.error ?? new Error("The browser keeps nothing."));
    opening.onsuccess = () => {
      const database = opening.result;
      const request = run(database.transaction(storeName, mode).objectStore(storeName));
      request.onsuccess = () => {
        resolve(request.result);
        database.close();
      };
      request.onerror = () => {
        reject(request.error ?? new Error("The browser keeps nothing."));
        database.close();
      };
    };
  });
}

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
