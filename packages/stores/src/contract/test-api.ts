import type { ManualClock } from "@copilot-llm/model/testing";
import type { Stores } from "../interfaces/stores.js";

/** The part of a test runner that the suite needs (vitest's and node:test's functions both fit). */
export interface TestApi {
  describe(name: string, define: () => void): void;
  it(name: string, run: () => Promise<void>): void;
}

/** One backend with storage of its own, empty at first. */
export interface StoresUnderTest {
  readonly stores: Stores;
  /** Closes the stores and opens them on the same storage, as a restart would. */
  reopen(): Promise<StoresUnderTest>;
  /** Closes everything and removes the storage. */
  dispose(): Promise<void>;
}

export type CreateStores = (clock: ManualClock) => Promise<StoresUnderTest>;

/** Runs one test on stores of its own. */
export type WithStores = (
  run: (stores: Stores, context: { readonly clock: ManualClock; reopen(): Promise<Stores> }) => Promise<void>,
) => () => Promise<void>;
