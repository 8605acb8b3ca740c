// Are the packages fit for another Node service, and the apps for whoever has nothing but npm? Packs them as for publishing, lets
// publint and attw judge each tarball, installs the packages into a project of their own and imports every entry point from plain
// Node, starts the gateway's demo from its tarball, installed alone, and asks the MCP server from its own.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tryPackedDemo } from "./packed-demo.mjs";
import { tryPackedMcp } from "./packed-mcp.mjs";
import { stageReleases } from "./stage-release.mjs";
import { repositoryRoot, runCommand, runPnpm } from "./toolchain.mjs";

const binaries = path.join(repositoryRoot, "node_modules/.bin");

/** Yields `{name, passed}` for each check; what a failed check said is on the terminal, and in `written` as `runCommand` has it. */
export async function* checkPackages(written) {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-packages-"));
  try {
    const packed =
      (await runPnpm(["--filter", "./packages/*", "pack", "--pack-destination", directory], {
        quiet: true,
        written,
      })) === 0;
    yield { name: "pack", passed: packed };
    if (!packed) return;
    const tarballs = readdirSync(directory).map((file) => path.join(directory, file));
    for (const tarball of tarballs) {
      const name = path.basename(tarball, ".tgz");
      yield { name: `publint ${name}`, passed: await judge("publint", ["run", tarball, "--strict"], written) };
      yield {
        name: `attw ${name}`,
        passed: await judge("attw", [tarball, "--profile", "esm-only", "--no-emoji"], written),
      };
    }
    yield { name: "import from plain Node", passed: await importFromPlainNode(directory, tarballs, written) };
    yield* checkReleases(directory, written);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The apps as they are published. */
async function* checkReleases(directory, written) {
  const packed = [];
  for (const { name, directory: staged } of await stageReleases()) {
    const tarball = await packRelease(staged, directory);
    yield { name: `pack ${name}`, passed: tarball !== null };
    if (tarball === null) return;
    yield { name: `publint ${name}`, passed: await judge("publint", ["run", tarball, "--strict"], written) };
    packed.push(tarball);
  }
  const [gateway, mcp] = packed;
  const tell = (name, problems) => {
    for (const problem of problems) {
      console.log(problem);
      written.push(`${problem}\n`);
    }
    return { name, passed: problems.length === 0 };
  };
  yield tell(
    "the gateway's tarball, installed alone, serves the console and answers",
    await tryPackedDemo(gateway, path.join(directory, "alone")),
  );
  yield tell(
    "the MCP server's tarball, installed alone, opens its own stores",
    await tryPackedMcp(mcp, path.join(directory, "mcp-alone")),
  );
}

/** The tarball's path; null when it cannot be packed. */
export async function packRelease(staged, destination) {
  const before = new Set(readdirSync(destination));
  const exitCode = await runCommand("npm", ["pack", "--silent", "--pack-destination", destination], {
    cwd: staged,
    quiet: true,
  });
  const made = readdirSync(destination).find((file) => file.endsWith(".tgz") && !before.has(file));
  return exitCode === 0 && made !== undefined ? path.join(destination, made) : null;
}

async function judge(tool, args, written) {
  return (await runCommand(path.join(binaries, tool), args, { quiet: true, written })) === 0;
}

async function importFromPlainNode(directory, tarballs, written) {
  const manifests = workspaceManifests();
  const versions = Object.fromEntries(
    manifests.map(({ name, version }) => {
      const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
      return [name, `file:${tarballs.find((tarball) => path.basename(tarball) === file)}`];
    }),
  );
  const project = {
    name: "consumer",
    private: true,
    type: "module",
    dependencies: versions,
    pnpm: { overrides: versions },
  };
  writeFileSync(path.join(directory, "package.json"), JSON.stringify(project));
  const entries = manifests.map(({ name, publishConfig }) =>
    Object.keys(publishConfig.exports).map((entry) => path.posix.join(name, entry)),
  );
  writeFileSync(path.join(directory, "consumer.mjs"), consumerSource(entries));
  const installArgs = ["install", "--ignore-workspace", "--prefer-offline", "--no-frozen-lockfile"];
  const installed = await runPnpm(installArgs, { cwd: directory, quiet: true, written });
  return (
    installed === 0 &&
    (await runCommand(process.execPath, ["consumer.mjs"], { cwd: directory, quiet: true, written })) === 0
  );
}

/** A program that imports each entry point, and fails when one does not load or when a package gives nothing but types. */
function consumerSource(entriesOfPackages) {
  return `for (const entries of ${JSON.stringify(entriesOfPackages)}) {
  const modules = await Promise.all(entries.map((entry) => import(entry)));
  if (modules.every((module) => Object.keys(module).length === 0)) throw new Error(entries[0] + " exports nothing");
}\n`;
}

function workspaceManifests() {
  const folder = path.join(repositoryRoot, "packages");
  return readdirSync(folder).map((id) => JSON.parse(readFileSync(path.join(folder, id, "package.json"), "utf8")));
}
