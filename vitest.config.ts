import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // The default leaves one core to the watcher, which a run has not.
    maxWorkers: "100%",
    projects: ["packages/*", "apps/*", "tests/architecture"],
    coverage: { provider: "v8", include: ["packages/*/src/**", "apps/*/src/**"] },
  },
});
