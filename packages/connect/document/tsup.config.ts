import { defineConfig } from "tsup";

/** Bundles what writes the document from sources, so that it runs without a build of anything else. */
export default defineConfig({
  entry: ["document/write-clients.ts"],
  outDir: "node_modules/.document",
  format: ["esm"],
  target: "node20",
  silent: true,
  noExternal: [/^@copilot-llm\//],
  esbuildOptions: (options) => {
    options.conditions = ["@copilot-llm/source"];
  },
});
