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
  /**
   * Opens stores on what the storage holds now, as if this process had been killed: nothing that is under way counts.
   * Ends the faults.
   */
  crash(): Promise<StoresUnderTest>;
  /** Makes writes fail, counted from now on and wherever they go, until `end` or `crash`. */
  failWrites(faults: WriteFaults): Promise<{ end(): Promise<void> }>;
  /** Closes everything and removes the storage. */
  dispose(): Promise<void>;
}

export interface WriteFaults {
  /** The first write that fails; 1 is the next one. */
  readonly from: number;
  /** Whether all that come after it fail as well. */
  readonly isLasting: boolean;
}

export type CreateStores = (clock: ManualClock) => Promise<StoresUnderTest>;

export interface TestContext extends Pick<StoresUnderTest, "failWrites"> {
  readonly clock: ManualClock;
  reopen(): Promise<Stores>;
  crash(): Promise<Stores>;
  /** Other stores, empty at first, instead of the ones so far. */
  renew(): Promise<Stores>;
}

/** Runs one test on stores of its own. */
export type WithStores = (run: (stores: Stores, context: TestContext) => Promise<void>) => () => Promise<void>;
