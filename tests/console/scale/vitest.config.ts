import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../../vitest.shared.ts";

/** Takes many minutes, and a machine of its own: `pnpm exec vitest run --config tests/console/scale/vitest.config.ts`. */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: "console-scale",
      root: import.meta.dirname,
      include: ["*.test.ts"],
      testTimeout: 1_800_000,
      hookTimeout: 3_600_000,
    },
  }),
);
