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
      // One gateway at a time: the tests measure what a busy machine would blur.
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }),
);
