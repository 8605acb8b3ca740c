import type { QuotaCycle } from "@copilot-llm/model";

/** What became of each period of each billing entity's quota. */
export interface QuotaCycleStore {
  /**
   * Takes over how cycles stand. Of one that is known the latest figures win, whoever saw them, and what was seen first
   * stays; figures from before the latest change nothing.
   */
  note(cycles: readonly QuotaCycle[]): Promise<void>;
  /** Those that end at the moment or later, the last to end first. */
  list(fromMs: number): Promise<readonly QuotaCycle[]>;
}
