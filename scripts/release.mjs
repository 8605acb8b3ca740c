// npm run release: publishes every package and app whose version npm does not have yet. `-- --dry-run` only says what it would do.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { stageReleases } from "./stage-release.mjs";
import { installAndBuild, repositoryRoot, runCommand, runFrontDoor, runPnpm, SetupError } from "./toolchain.mjs";

const dryRun = process.argv.includes("--dry-run");

await runFrontDoor(async () => {
  await installAndBuild();
  const packages = path.join(repositoryRoot, "packages");
  for (const id of readdirSync(packages)) await publish(path.join(packages, id), publishPackage);
  for (const { directory } of await stageReleases()) await publish(directory, publishStaged);
});

async function publish(directory, run) {
  const { name, version, private: isPrivate } = readManifest(directory);
  const title = `${name}@${version}`;
  if (isPrivate || (await isPublished(title))) return console.log(`${title}: nothing to do`);
  console.log(`${title}: ${dryRun ? "would be published" : "publishing …"}`);
  if ((await run(directory)) !== 0) throw new SetupError(`${title} could not be published; the reason is above.`);
}

/** pnpm puts real versions in the place of the workspace's own. */
async function publishPackage(directory) {
  const repository = process.env.GITHUB_REPOSITORY;
  // npm attests where a package was built only when the package says the same.
  if (repository !== undefined) {
    const url = `git+https://github.com/${repository}.git`;
    const args = ["pkg", "set", "repository.type=git", `repository.url=${url}`];
    if ((await runCommand("npm", args, { cwd: directory })) !== 0) return 1;
  }
  return runPnpm(["publish", "--access", "public", "--no-git-checks", ...(dryRun ? ["--dry-run"] : [])], {
    cwd: directory,
    quiet: true,
  });
}

function publishStaged(directory) {
  const args = ["publish", "--access", "public", ...(dryRun ? ["--dry-run", "--provenance=false"] : [])];
  return runCommand("npm", args, { cwd: directory, quiet: true });
}

async function isPublished(title) {
  return (await runCommand("npm", ["view", title, "version", "--silent"], { mute: true })) === 0;
}

function readManifest(directory) {
  return JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8"));
}
