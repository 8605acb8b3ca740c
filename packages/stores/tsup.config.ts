import { defineConfig } from "tsup";
import { shared } from "../../tsup.shared.ts";

export default defineConfig({
  ...shared,
  entry: {
    index: "src/index.ts",
    "lowdb/index": "src/lowdb/index.ts",
    "postgres/index": "src/postgres/index.ts",
    "import/index": "src/import/index.ts",
    "contract/index": "src/contract/index.ts",
    // The one starts the other, from the file beside it.
    "start-thread": "src/sqlite/thread/start-thread.ts",
    "ledger-thread": "src/sqlite/thread/ledger-thread.ts",
  },
});
