import { vi } from "vitest";

interface FakeIndexedDb {
  /** What is on disk, by key. */
  stored: Map<string, { id: string }>;
  /** Whether each commit fails for want of room, after the step itself went well. */
  isFull: boolean;
}

/** Stands in for the browser's database: one store, whose steps succeed before they are committed, as a browser's do. */
export function stubIndexedDb(chats: readonly { id: string }[] = []): FakeIndexedDb {
  const fake: FakeIndexedDb = { stored: new Map(chats.map((chat) => [chat.id, chat])), isFull: false };
  vi.stubGlobal("indexedDB", { open: () => settle({ result: createDatabase(fake) }) });
  return fake;
}

interface Settling {
  onsuccess?: () => void;
}

/** A request that succeeds a moment later. */
function settle<Request extends object>(request: Request): Request & Settling {
  const settling: Request & Settling = request;
  setTimeout(() => settling.onsuccess?.());
  return settling;
}

function createDatabase(fake: FakeIndexedDb) {
  return {
    close: () => undefined,
    transaction: (_store: string, mode: "readonly" | "readwrite") => {
      const steps: (() => void)[] = [];
      const later = (step: () => void) => {
        steps.push(step);
        return settle({ result: undefined, error: null });
      };
      const transaction: { error: Error | null; oncomplete?: () => void; onabort?: () => void; objectStore: unknown } =
        {
          error: null,
          objectStore: () => ({
            getAll: () => settle({ result: [...fake.stored.values()], error: null }),
            put: (chat: { id: string }) => later(() => fake.stored.set(chat.id, chat)),
            clear: () => later(() => fake.stored.clear()),
          }),
        };
      setTimeout(() => {
        if (mode === "readwrite" && fake.isFull) {
          transaction.error = new Error("QuotaExceededError");
          transaction.onabort?.();
          return;
        }
        for (const step of steps) step();
        transaction.oncomplete?.();
      }, 5);
      return transaction;
    },
  };
}
