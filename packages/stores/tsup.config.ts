import { defineConfig } from "tsup";
import { shared } from "../../tsup.shared.ts";

export default defineConfig({
  ...shared,
  entry: [
    "src/index.ts",
    "src/lowdb/index.ts",
    "src/postgres/index.ts",
    "src/import/index.ts",
    "src/contract/index.ts",
  ],
});
