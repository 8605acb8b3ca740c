import { defineConfig } from "tsup";
import { shared } from "../../tsup.shared.ts";

/** For the published package: the workspace's packages are part of it, so that it installs alone. */
export default defineConfig({
  ...shared,
  entry: {
    main: "src/main.ts",
    // A thread of the ledger, which is started from the file beside the program.
    "ledger-thread": "../../packages/stores/dist/ledger-thread.js",
  },
  outDir: "release/dist",
  skipNodeModulesBundle: true,
  noExternal: [/^@copilot-llm\//],
  sourcemap: false,
});
