import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.ts";

/** Many tests wait for the disk, which may be busy. */
const testTimeout = 30_000;
const poll = { timeout: 20_000 };

export default mergeConfig(
  shared,
  defineConfig({ test: { name: "stores", testTimeout, hookTimeout: testTimeout, expect: { poll } } }),
);
