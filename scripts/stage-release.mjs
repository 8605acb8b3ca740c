// Makes `apps/*/release`: what of an app is published. The workspace's own packages are bundled into it, so it installs alone; what
// they take from npm becomes its dependencies. Needs the build. `node scripts/stage-release.mjs` stages every app that is published, or those that are named.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot, runFrontDoor, runPnpm, SetupError } from "./toolchain.mjs";

/** The apps that are published, with what of the repository lies beside their program. */
const published = [
  { id: "gateway", folders: { console: "apps/console/out" } },
  { id: "mcp", folders: {} },
];

/** Stages them all, or those that are named; resolves with `{name, directory}` of each. */
export async function stageReleases(ids = published.map(({ id }) => id)) {
  const staged = [];
  for (const app of published.filter(({ id }) => ids.includes(id))) staged.push(await stageRelease(app));
  return staged;
}

async function stageRelease({ id, folders }) {
  const source = path.join(repositoryRoot, "apps", id);
  const directory = path.join(source, "release");
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  const args = ["--filter", `./apps/${id}`, "exec", "tsup", "--config", "tsup.release.config.ts", "--silent"];
  if ((await runPnpm(args)) !== 0) throw new SetupError(`Bundling apps/${id} failed; the reason is above.`);
  for (const [name, folder] of Object.entries(folders)) {
    const from = path.join(repositoryRoot, folder);
    if (!existsSync(from)) throw new SetupError(`${folder} is missing: build first (pnpm build).`);
    cpSync(from, path.join(directory, name), { recursive: true });
  }
  // What people read of it at npm.
  cpSync(path.join(source, "published"), directory, { recursive: true });
  cpSync(path.join(repositoryRoot, "LICENSE"), path.join(directory, "LICENSE"));
  const manifest = createManifest(readManifest(source), Object.keys(folders), await readCatalog());
  requireDeclared(path.join(directory, "dist"), manifest);
  writeFileSync(path.join(directory, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return { name: manifest.name, directory };
}

function createManifest(app, folders, catalog) {
  const { name, version, description, license, type, engines, keywords, mcpName, publishConfig } = app;
  const { bin, ...publishing } = publishConfig;
  return {
    ...{ name, version, description, keywords, license, type },
    ...(mcpName === undefined ? {} : { mcpName }),
    // npm attests where a package was built only when the package says the same.
    ...(process.env.GITHUB_REPOSITORY === undefined
      ? {}
      : { repository: { type: "git", url: `git+https://github.com/${process.env.GITHUB_REPOSITORY}.git` } }),
    engines,
    bin,
    files: ["dist", ...folders],
    exports: { "./package.json": "./package.json" },
    dependencies: Object.fromEntries([...dependenciesOf(app, catalog)].sort(([a], [b]) => (a < b ? -1 : 1))),
    publishConfig: publishing,
  };
}

/** The versions that the workspace agreed on. */
async function readCatalog() {
  // Not at the top: `npm test` loads this file before anything is installed.
  const { parse } = await import("yaml");
  return parse(readFileSync(path.join(repositoryRoot, "pnpm-workspace.yaml"), "utf8")).catalog;
}

/** What the app and the workspace's packages below it take from npm, with exact versions. */
function dependenciesOf(manifest, catalog, seen = new Set()) {
  const found = new Map();
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    if (!name.startsWith("@copilot-llm/")) found.set(name, version === "catalog:" ? catalog[name] : version);
    else if (!seen.has(name)) {
      seen.add(name);
      const folder = path.join(repositoryRoot, "packages", name.slice("@copilot-llm/".length));
      for (const [below, theirs] of dependenciesOf(readManifest(folder), catalog, seen)) found.set(below, theirs);
    }
  }
  return found;
}

/** Fails when the bundle imports what the manifest does not name. */
function requireDeclared(dist, { dependencies }) {
  const imports = readdirSync(dist)
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [
      ...readFileSync(path.join(dist, file), "utf8").matchAll(
        /^(?:import|export)\b[^;]*?from "([^".][^"]*)"|\bimport\("([^".][^"]*)"\)/gm,
      ),
    ])
    .map(([, fixed, dynamic]) => fixed ?? dynamic)
    .map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
  const unknown = new Set(imports.filter((name) => !isBuiltin(name) && dependencies[name] === undefined));
  if (unknown.size > 0) throw new SetupError(`The bundle imports what is not declared: ${[...unknown].join(", ")}.`);
}

function isBuiltin(name) {
  return name.startsWith("node:") || builtinModules.includes(name);
}

function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runFrontDoor(async () => {
    for (const { name, directory } of await stageReleases(
      process.argv.length > 2 ? process.argv.slice(2) : undefined,
    )) {
      console.log(`${name}: ${path.relative(repositoryRoot, directory)}`);
    }
  });
}
