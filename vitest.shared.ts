import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { defineConfig, type Plugin } from "vitest/config";

// Vitest hands them to Node as well, which cannot load what packages offer to bundlers as "module".
const conditions = ["@copilot-llm/source", "node", "development|production"];

/** A module that a thread is started with, as `new Worker(new URL("./name.js", import.meta.url)` names it. */
const threadEntry = /(?<=new Worker\()new URL\("(\.[^"]+)\.js", import\.meta\.url\)/g;

/** Node starts threads with JavaScript only: their sources are bundled first. */
const threadsFromSource: Plugin = {
  name: "threads-from-source",
  async transform(code, id) {
    let changed = code;
    for (const [found, entry = ""] of code.matchAll(threadEntry)) {
      const source = path.resolve(path.dirname(id), `${entry}.ts`);
      changed = changed.replace(found, JSON.stringify(await bundleThread(source)));
    }
    return changed === code ? null : changed;
  },
};

/** Below the package, so that what is not bundled is found from there. */
async function bundleThread(source: string): Promise<string> {
  const directory = path.join(source.slice(0, source.lastIndexOf("/src/")), "node_modules/.cache/threads");
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["@photostructure/sqlite"],
    conditions: ["@copilot-llm/source"],
    sourcemap: "inline",
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  const file = path.join(directory, `${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${file}.${process.pid}.tmp`, contents);
    renameSync(`${file}.${process.pid}.tmp`, file);
  }
  return file;
}

/** Tests read the packages' sources, so no build is needed first. */
export const shared = defineConfig({
  plugins: [threadsFromSource],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // What is waited for comes at once, but not on a busy machine.
  test: { expect: { poll: { timeout: 10_000 } } },
});
