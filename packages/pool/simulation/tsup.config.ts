import { defineConfig } from "tsup";

/** Bundles the simulation from sources, so that it runs without a build of anything else. */
export default defineConfig({
  entry: ["simulation/write-doc.ts"],
  outDir: "node_modules/.simulate",
  format: ["esm"],
  target: "node20",
  silent: true,
  noExternal: [/^@copilot-llm\//],
  esbuildOptions: (options) => {
    options.conditions = ["@copilot-llm/source"];
  },
});
