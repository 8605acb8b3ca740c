import type { CancelSignal, CatalogueModel, Initiator } from "@copilot-llm/model";
import type { SpareTerms } from "./spare-terms.js";

/** What a request needs of a token. */
export interface LeaseRequest {
  readonly modelId: string;
  /** Only these tokens; null means any. An id the pool does not know is simply not there. */
  readonly onlyTokenIds: readonly string[] | null;
  /** Before any other of them, while it can serve within its quota; null: as the strategy says. */
  readonly preferredTokenId: string | null;
  /** Tokens that this request has tried already. */
  readonly triedTokenIds: readonly string[];
  /** Same value, same token while it is healthy; null for no affinity. */
  readonly conversationId: string | null;
  /**
   * True for a conversation's first turn (no answer of the assistant in it yet): the strategy places it anew and the
   * later turns follow, so that equal one-shot requests are spread like any others.
   */
  readonly startsConversation: boolean;
  /** Only a user's own turn draws premium units; the pool holds them back while the request is under way. */
  readonly initiator: Initiator;
  /** Given for work of the lowest priority: it takes only what is to spare, and never waits. */
  readonly spare?: SpareTerms;
  readonly signal: CancelSignal;
}

/** The right to send one request on a token. */
export interface Lease {
  readonly tokenId: string;
  /** The model as this token's account sees it. */
  readonly model: CatalogueModel;
  /** Gives the place back; idempotent. */
  release(): void;
}

export type LeaseResult = { readonly ok: true; readonly lease: Lease } | RefusedLease;

export interface RefusedLease {
  readonly ok: false;
  /**
   * `unknown_model`: no token that may serve has it. `resting`: all that have it rest because GitHub asked for it, are
   * busy or were tried by this request. `quota_exhausted`: their premium quota is gone. `unusable`: all that have it are
   * disabled or refused by GitHub.
   */
  readonly why: "unknown_model" | "resting" | "quota_exhausted" | "unusable";
  /** The earliest moment one returns; null when nobody knows. */
  readonly retryAtMs: number | null;
}
