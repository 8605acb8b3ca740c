import type { Cancel, Clock, Log, QuotaSnapshot, UpstreamFailureKind } from "@copilot-llm/model";
import { isStrike, type Pool } from "@copilot-llm/pool";
import type { ChangeFeed, StoreChange } from "@copilot-llm/stores";
import type { SettingsCache } from "../changes/settings-cache.js";
import type { Accounts } from "./accounts.js";
import type { SuspectSeats } from "./suspect-seats.js";

/** Quotas come with every answer; others need them no more often than this. */
const quotasEveryMs = 500;

export interface PoolSharingOptions {
  readonly changes: ChangeFeed;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly suspects: Pick<SuspectSeats, "noteRefusal">;
  readonly settings: SettingsCache;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keeps the pools of gateways that share their stores in step: tells the others what this one learns of a token, and
 * does here what they changed or learnt. With embedded stores there are no others, and it costs next to nothing.
 */
export class PoolSharing {
  readonly #options: PoolSharingOptions;
  readonly #quotasToldAtMs = new Map<string, number>();
  readonly #unsubscribe: Cancel;
  /** Changes are applied one after the other, in the order in which they were announced. */
  #applying: Promise<void> = Promise.resolve();

  constructor(options: PoolSharingOptions) {
    this.#options = options;
    this.#unsubscribe = options.changes.subscribe((change, origin) => {
      if (origin === "here" && change.kind !== "interrupted") return;
      this.#applying = this.#applying
        .then(() => this.#apply(change))
        .catch((error: unknown) => {
          options.log.error("applying another gateway's change failed", { change: change.kind, error });
        });
    });
  }

  /**
   * Publishes how a failure left the token, or the model on it; where others of its payer are suspect, they are looked at here.
   * A rest for strikes is this gateway's own advice.
   */
  publishFailure(tokenId: string, modelId: string, kind: UpstreamFailureKind): void {
    if (isStrike(kind)) return;
    const { pool, changes, suspects } = this.#options;
    if (kind === "quota_exhausted") suspects.noteRefusal(tokenId);
    const view = pool.tokens().find(({ id }) => id === tokenId);
    if (view === undefined) return;
    const rest =
      kind === "model_rate_limited" ? view.restingModels.find((model) => model.modelId === modelId) : undefined;
    if (rest !== undefined) {
      const state = { status: "cooling", untilMs: rest.untilMs, reason: rest.reason } as const;
      changes.publish({ kind: "token_state", tokenId, modelId, state });
    } else if (view.state.status !== "active") {
      changes.publish({ kind: "token_state", tokenId, modelId: null, state: view.state });
    }
  }

  /** Publishes what an answer's headers said of the account's quota. */
  publishQuotas(tokenId: string, quotas: readonly QuotaSnapshot[]): void {
    const nowMs = this.#options.clock.nowMs();
    if (quotas.length === 0 || nowMs - (this.#quotasToldAtMs.get(tokenId) ?? 0) < quotasEveryMs) return;
    this.#quotasToldAtMs.set(tokenId, nowMs);
    this.#options.changes.publish({ kind: "token_quotas", tokenId, quotas });
  }

  /** Applies nothing more; resolves when what is being applied is done. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#applying;
  }

  async #apply(change: StoreChange): Promise<void> {
    const { pool, accounts, suspects } = this.#options;
    switch (change.kind) {
      case "token_stored":
        await accounts.reconcile(change.tokenId);
        break;
      case "settings_stored":
        await this.#applySettings();
        break;
      case "token_state":
        pool.adoptState(change.tokenId, change.state, change.modelId);
        if (change.state.status === "exhausted") suspects.noteRefusal(change.tokenId);
        break;
      case "token_quotas":
        pool.setQuotas(change.tokenId, change.quotas);
        break;
      case "interrupted":
        await this.#applySettings();
        await accounts.reconcileAll();
        break;
      case "key_stored":
      case "user_stored":
        break;
    }
  }

  async #applySettings(): Promise<void> {
    const settings = await this.#options.settings.reload();
    this.#options.pool.setStrategy(settings.routingStrategy);
  }
}
