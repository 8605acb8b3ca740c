// pnpm e2e:faults: the faults at full length, all files at the same time, because one of them mostly waits: a stream of one byte a
// second takes 28 minutes. Needs the build. Arguments choose files: `pnpm e2e:faults faults/machine`.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describeFailures } from "./describe-failures.mjs";
import { repositoryRoot, runFrontDoor } from "./toolchain.mjs";

const longestMs = 50 * 60_000;
const reporters = [
  new URL("progress-reporter.mjs", import.meta.url),
  new URL("failures-reporter.mjs", import.meta.url),
];

await runFrontDoor(async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-faults-"));
  try {
    const outcomeFile = path.join(directory, "outcome.json");
    const how = await runFaults(outcomeFile, process.argv.slice(2));
    const { passed, failures } = readOutcome(outcomeFile, how);
    for (const line of describeFailures(failures.map((failure) => ({ step: "faults", ...failure })))) console.log(line);
    console.log(`${passed} passed, ${failures.length} failed`);
    process.exitCode = failures.length === 0 && passed > 0 && how.exitCode === 0 ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

function runFaults(outcomeFile, args) {
  const chosen = reporters.map((script) => `--reporter=${fileURLToPath(script)}`);
  const options = ["--config", "tests/vitest.config.ts", "--maxWorkers=3", "--silent=passed-only", ...chosen];
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...options, ...(args.length === 0 ? ["faults"] : args)],
    {
      cwd: repositoryRoot,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, FAULTS_FULL: "1", VITEST_OUTCOME_FILE: outcomeFile },
      timeout: longestMs,
    },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

function readOutcome(file, { exitCode, signal }) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    const message =
      signal === null ? `It ended with ${exitCode}.` : `It was ended after ${longestMs / 60_000} minutes.`;
    return { passed: 0, failures: [{ title: "(no report from the tests)", message }] };
  }
}
