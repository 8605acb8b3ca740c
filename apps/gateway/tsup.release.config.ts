import { defineConfig } from "tsup";
import { released } from "../../tsup.shared.ts";

export default defineConfig({
  ...released,
  entry: {
    main: "src/main.ts",
    // A thread of the ledger, which is started from the file beside the program.
    "ledger-thread": "../../packages/stores/dist/ledger-thread.js",
  },
});
