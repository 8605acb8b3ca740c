import type { Cancel, QuotaSnapshot, TokenState } from "@copilot-llm/model";

/** What the stores tell by themselves, once the change can be read. */
export type StoredChange =
  /** Created, changed or removed. */
  | { readonly kind: "token_stored"; readonly tokenId: string }
  | { readonly kind: "key_stored"; readonly keyId: string }
  | { readonly kind: "team_stored"; readonly teamId: string }
  | { readonly kind: "user_stored"; readonly userId: string }
  | { readonly kind: "settings_stored" };

/** What a gateway learnt of a pooled token and every other should act on. Kept nowhere. */
export type PoolChange =
  | {
      readonly kind: "token_state";
      readonly tokenId: string;
      /** The model that the state concerns; null: the token as a whole. */
      readonly modelId: string | null;
      readonly state: TokenState;
    }
  | { readonly kind: "token_quotas"; readonly tokenId: string; readonly quotas: readonly QuotaSnapshot[] };

/** Changes may have been missed: whatever is remembered of the stores must be read again. */
export type InterruptedFeed = { readonly kind: "interrupted" };

export type StoreChange = StoredChange | PoolChange | InterruptedFeed;

/** `here`: by these stores; `elsewhere`: by another gateway that shares them. */
export type ChangeOrigin = "here" | "elsewhere";

export type ChangeListener = (change: StoreChange, origin: ChangeOrigin) => void;

/** Who changed what, told to every gateway that shares the stores, within a second. */
export interface ChangeFeed {
  /** Hears every change from now on, own ones included, each once and in order. Must not throw. */
  subscribe(listener: ChangeListener): Cancel;
  /** Best effort: lost while the stores cannot be reached. Others can act on it when this has been sent. */
  publish(change: PoolChange): void;
}
