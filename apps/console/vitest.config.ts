import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.ts";

export default mergeConfig(
  shared,
  defineConfig({
    oxc: { jsx: { runtime: "automatic" } },
    test: { name: "console", environment: "happy-dom", setupFiles: ["./testing/setup.ts"], testTimeout: 30_000 },
  }),
);
