// Runs a program of this package from its source. Arguments: the program, then its own.
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const [program = "", ...programArguments] = process.argv.slice(2);
const outdir = path.resolve(`node_modules/.cache/run-${process.pid}`);
await build({
  // Threads are started from a file beside the program.
  entryPoints: { program, "ledger-thread": "src/sqlite/thread/ledger-thread.ts" },
  outdir,
  bundle: true,
  platform: "node",
  format: "esm",
  conditions: ["@copilot-llm/source"],
  external: ["@photostructure/sqlite", "kysely", "pg", "vitest"],
  logLevel: "error",
});
writeFileSync(path.join(outdir, "package.json"), '{"type":"module"}');
process.argv.splice(1, process.argv.length, path.join(outdir, "program.js"), ...programArguments);
process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
await import(path.join(outdir, "program.js"));
