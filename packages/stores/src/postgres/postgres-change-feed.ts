import type { Log } from "@copilot-llm/model";
import type { ChangeFeed, ChangeListener, ChangeOrigin, StoreChange } from "../interfaces/change-feed.js";
import { changeChannel, encodeChange, maxMessageBytes } from "./change-message.js";

/** The feed as far as it is ours: who listens here, and how what is published gets out. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #listeners = new Set<ChangeListener>();
  readonly #gatewayId: string;
  readonly #log: Log;
  readonly #send: (sql: string, values: readonly unknown[]) => void;

  constructor(gatewayId: string, log: Log, send: (sql: string, values: readonly unknown[]) => void) {
    this.#gatewayId = gatewayId;
    this.#log = log;
    this.#send = send;
  }

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(change: StoreChange): void {
    const message = encodeChange(this.#gatewayId, change);
    if (Buffer.byteLength(message) > maxMessageBytes) {
      this.#log.warn("A change is too large to be told to the other gateways.", { kind: change.kind });
      return;
    }
    this.#send("SELECT pg_notify($1, $2)", [changeChannel, message]);
  }

  tell(change: StoreChange, origin: ChangeOrigin): void {
    for (const listener of this.#listeners) listener(change, origin);
  }
}
