// Makes `apps/*/release`: what of an app is published. The workspace's own packages and what they take from npm are bundled into it,
// with their licences; what cannot be bundled becomes its dependencies. Needs the build. `node scripts/stage-release.mjs` stages every app that is published, or those that are named.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { encodeLicences, listBundledPackages, listImportedPackages } from "./bundled-packages.mjs";
import { repositoryRoot, runFrontDoor, runPnpm, SetupError } from "./toolchain.mjs";

/** The apps that are published, with what of the repository lies beside their program. */
const published = [
  { id: "gateway", folders: { console: "apps/console/out" } },
  { id: "mcp", folders: {} },
];

/** What of npm is in the program, and under which licences. */
const licencesFile = "THIRD-PARTY-LICENSES.txt";
/** What is used if it happens to be there. */
const optional = new Set(["pg-native"]);

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
  const bundle = takeReport(path.join(directory, "dist"));
  const packages = listBundledPackages(bundle, source);
  writeFileSync(path.join(directory, licencesFile), encodeLicences(packages));
  const declared = dependenciesOf(readManifest(source), await readCatalog());
  const imported = listImportedPackages(bundle).filter((name) => !optional.has(name));
  const dependencies = pickDeclared(declared, imported);
  const manifest = createManifest(readManifest(source), [licencesFile, ...Object.keys(folders)], dependencies);
  writeFileSync(path.join(directory, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return { name: manifest.name, directory };
}

/** The bundler's own report, which is not published. */
function takeReport(dist) {
  const file = path.join(dist, "metafile-esm.json");
  const report = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  return report;
}

function createManifest(app, files, dependencies) {
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
    files: ["dist", ...files],
    exports: { "./package.json": "./package.json" },
    dependencies,
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

/** The versions of what the bundle imports. Fails when it imports what nobody declares. */
function pickDeclared(declared, imported) {
  const unknown = imported.filter((name) => !declared.has(name));
  if (unknown.length > 0) throw new SetupError(`The bundle imports what is not declared: ${unknown.join(", ")}.`);
  return Object.fromEntries(imported.map((name) => [name, declared.get(name)]));
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
