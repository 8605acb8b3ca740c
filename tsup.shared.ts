import type { Options } from "tsup";

/** How every package and app is bundled; declarations come from tsc (tsup's own do not work with TypeScript 7). */
export const shared: Options = {
  format: ["esm"],
  target: "node20",
  dts: false,
  sourcemap: true,
  clean: true,
};

/** Native, or finds its own files by where it lies; and what `pg` would take if it were there. */
const installed = ["@github/copilot-sdk", "@photostructure/sqlite", "pg-native"];

/**
 * How an app is bundled that is published: the workspace's packages and what they take from npm are part of it. A start then
 * reads a few files, not some five hundred; what is loaded only where it is asked for stays in chunks of its own.
 */
export const released: Options = {
  ...shared,
  // A thread of the ledger is started from the file beside the program.
  entry: { main: "src/main.ts", "ledger-thread": "../../packages/stores/dist/ledger-thread.js" },
  outDir: "release/dist",
  external: installed,
  noExternal: [new RegExp(`^(?!(?:${installed.join("|")})(?:/|$))`)],
  // Packages that are no ES modules ask for Node's own by `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  // Tells `scripts/stage-release.mjs` what went in, and what is left to install.
  metafile: true,
  sourcemap: false,
  // The engine keeps the text of what it runs, and reads it all at each start. Names stay: stack traces tell them.
  esbuildOptions(options) {
    options.minifyWhitespace = true;
    options.minifySyntax = true;
  },
};
