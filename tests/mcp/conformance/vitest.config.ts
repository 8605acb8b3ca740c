import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../../vitest.shared.ts";

/** Apart from the other tests: it fetches the suite from npm. */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: "mcp-conformance",
      root: import.meta.dirname,
      include: ["*.suite.ts"],
      testTimeout: 300_000,
      hookTimeout: 120_000,
    },
  }),
);
