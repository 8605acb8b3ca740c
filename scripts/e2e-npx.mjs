// pnpm e2e:npx: the gateway's tarball, installed alone, starts its demo on every Node that is supported; other Nodes come from npm.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packRelease } from "./package-checks.mjs";
import { tryPackedDemo } from "./packed-demo.mjs";
import { stageReleases } from "./stage-release.mjs";
import { installAndBuild, runCommand, runFrontDoor, SetupError } from "./toolchain.mjs";

const versions = ["20.19.0", "22.23.3", "24.21.0", "26.10.0"];

await runFrontDoor(async () => {
  await installAndBuild();
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-npx-"));
  try {
    const [{ directory: staged }] = await stageReleases();
    const tarball = await packRelease(staged, directory);
    if (tarball === null) throw new SetupError("The gateway cannot be packed.");
    let failed = 0;
    for (const version of versions) {
      const node = await installNode(version, path.join(directory, `node-${version}`));
      const problems = await tryPackedDemo(tarball, path.join(directory, `alone-${version}`), node);
      console.log(`${problems.length === 0 ? "ok     " : "FAILED "} Node ${version}  ${problems.join("; ")}`);
      if (problems.length > 0) failed += 1;
    }
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

async function installNode(version, prefix) {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const args = ["install", "--prefix", prefix, "--no-audit", "--no-fund", "--loglevel=error", `${name}@${version}`];
  if ((await runCommand("npm", args, { cwd: tmpdir(), quiet: true })) !== 0) {
    throw new SetupError(`Node ${version} could not be installed from npm (${name}).`);
  }
  return path.join(prefix, "node_modules", name, "bin/node");
}
