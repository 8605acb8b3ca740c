import { defineConfig } from "vitest/config";

const conditions = ["@copilot-llm/source", "module", "node", "development|production"];

/** Tests read the packages' sources, so no build is needed first. */
export const shared = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
});
