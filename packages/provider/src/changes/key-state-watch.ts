import type { ApiKey, Cancel, Clock, Log } from "@copilot-llm/model";
import { keyBudgets } from "@copilot-llm/quota";
import type { Stores } from "@copilot-llm/stores";
import { type KeyStanding, keyStanding } from "../identity/key-standing.js";
import type { LiveEvent, LiveEvents } from "./live-events.js";

export interface KeyStateWatchOptions {
  readonly stores: Pick<Stores, "keys" | "ledger">;
  readonly events: Pick<LiveEvents, "publish" | "subscribe">;
  readonly clock: Clock;
  readonly log: Log;
}

/** From what may have changed a key's state to the look that tells: many requests come together. */
const soonMs = 1_000;
/** What no event tells of: a key that expires, a period that begins, what other gateways served. */
const lookEveryMs = 30_000;

/** Makes live events of keys that come to a limit, expire or work again; apart from all requests. */
export class KeyStateWatch {
  readonly #options: KeyStateWatchOptions;
  /** By key id; null before the first look: what stands then is no news. */
  #standings: Map<string, KeyStanding> | null = null;
  /** The keys that a request can bring to a limit. */
  #budgeted: ReadonlySet<string> = new Set();
  /** Of which something was heard since they were looked at. */
  readonly #heardOf = new Set<string>();
  #cancelSoon: Cancel | null = null;
  #cancelNext: Cancel = () => undefined;
  #unsubscribe: Cancel = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: KeyStateWatchOptions) {
    this.#options = options;
  }

  /** Resolves once it is known how the keys stand: what changes from then on is told. Never rejects. */
  start(): Promise<void> {
    const onEvent = (event: LiveEvent): void => this.#hear(event);
    this.#unsubscribe = this.#options.events.subscribe({ onEvent, onGap: () => undefined, onEnd: () => undefined });
    return this.#lookAtAllNow();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#cancelSoon?.();
    this.#cancelNext();
    await this.#round;
  }

  #hear(event: LiveEvent): void {
    if (event.kind === "key_changed") this.#heardOf.add(event.keyId);
    else if (event.kind === "request" && event.record.keyId !== null && this.#budgeted.has(event.record.keyId)) {
      this.#heardOf.add(event.record.keyId);
    } else return;
    this.#cancelSoon ??= this.#options.clock.schedule(soonMs, () => {
      this.#cancelSoon = null;
      void this.#enqueue(() => this.#lookAtHeardOf());
    });
  }

  async #lookAtAllNow(): Promise<void> {
    await this.#enqueue(() => this.#lookAtAll());
    if (this.#isClosed) return;
    this.#cancelNext = this.#options.clock.schedule(lookEveryMs, () => void this.#lookAtAllNow());
  }

  /** One look after the other; never rejects. */
  #enqueue(look: () => Promise<void>): Promise<void> {
    this.#round = this.#round
      .then(() => (this.#isClosed ? undefined : look()))
      .catch((error: unknown) => this.#options.log.warn("looking for keys' states failed", { error }));
    return this.#round;
  }

  async #lookAtAll(): Promise<void> {
    const keys = await this.#options.stores.keys.list();
    this.#budgeted = new Set(keys.filter(hasBudget).map(({ id }) => id));
    const standings = await this.#standingsOf(keys);
    for (const [key, standing] of standings) this.#note(key, standing);
    this.#standings = new Map(Array.from(standings, ([{ id }, standing]) => [id, standing]));
  }

  async #lookAtHeardOf(): Promise<void> {
    if (this.#standings === null) return;
    const ids = [...this.#heardOf];
    this.#heardOf.clear();
    const found = await Promise.all(ids.map((id) => this.#options.stores.keys.find(id)));
    const keys = found.filter((key) => key !== null);
    this.#budgeted = new Set([...this.#budgeted, ...keys.filter(hasBudget).map(({ id }) => id)]);
    for (const [key, standing] of await this.#standingsOf(keys)) {
      this.#note(key, standing);
      this.#standings.set(key.id, standing);
    }
  }

  async #standingsOf(keys: readonly ApiKey[]): Promise<ReadonlyMap<ApiKey, KeyStanding>> {
    const nowMs = this.#options.clock.nowMs();
    const ids = keys.filter(hasBudget).map(({ id }) => id);
    const usage = ids.length === 0 ? new Map() : await this.#options.stores.ledger.usageByKey(ids, nowMs);
    return new Map(keys.map((key) => [key, keyStanding(key, usage.get(key.id) ?? null, nowMs)]));
  }

  #note({ id, alias }: ApiKey, standing: KeyStanding): void {
    if (this.#standings === null || isSame(this.#standings.get(id) ?? newKey, standing)) return;
    this.#options.events.publish({ kind: "key_state", keyId: id, alias, standing });
  }
}

/** How a key stands of which nothing was known: that it was made is told otherwise. */
const newKey: KeyStanding = { state: "active", limitedBy: null, resetsAtMs: null };

function hasBudget({ limits }: ApiKey): boolean {
  return keyBudgets.some(({ field }) => limits[field] !== null);
}

function isSame(one: KeyStanding, other: KeyStanding): boolean {
  return one.state === other.state && one.limitedBy === other.limitedBy && one.resetsAtMs === other.resetsAtMs;
}
