import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../vitest.shared.ts";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: "e2e",
      root: import.meta.dirname,
      include: ["**/*.test.ts"],
      exclude: ["architecture/**", "console/scale/**", "node_modules/**"],
      // Two at a time: a file mostly waits for programs that it started, and nothing here is judged by the clock.
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }),
);
