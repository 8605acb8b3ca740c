// npm test: sets everything up, runs every check and ends with the line `N passed, N failed`.
// `npm test -- unit e2e` runs only the named steps (after install and, where needed, build).
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { auditDependencies } from "./audit.mjs";
import { ensureChromium } from "./chromium.mjs";
import { checkPackages } from "./package-checks.mjs";
import { ensureSystemServers } from "./system-servers.mjs";
import { install, repositoryRoot, runFrontDoor, runPnpm, SetupError } from "./toolchain.mjs";

/** What could not be checked here: said again at the end, so that nobody takes it for checked. */
const notRun = [];

const reports = path.join(repositoryRoot, "test-results");

const endToEnd = ["--config", "tests/vitest.config.ts"];

/** The steps in order. Each resolves with `{passed, failed}`; a step that needs the build fails when there is none. */
const steps = [
  { name: "lint", run: () => runCheck(["exec", "biome", "ci", "."]) },
  { name: "unused", run: () => runCheck(["exec", "knip", "--no-progress"]) },
  { name: "audit", run: runAudit },
  { name: "build", run: () => runCheck(["exec", "turbo", "run", "build", "--output-logs=new-only"]) },
  { name: "typecheck", run: () => runCheck(["exec", "turbo", "run", "typecheck", "--output-logs=new-only"]) },
  {
    name: "unit",
    run: async () => {
      await ensureSystemServers();
      return runVitest("unit", []);
    },
  },
  { name: "packages", needsBuild: true, run: runPackageChecks },
  {
    name: "e2e",
    needsBuild: true,
    run: async () => {
      await ensureSystemServers();
      return runVitest("e2e", [...endToEnd, "--exclude", "front-doors/**"], await browserEnv());
    },
  },
  // By itself: the README's commands build, and put what is built in its place anew.
  { name: "front-doors", needsBuild: true, run: () => runVitest("front-doors", [...endToEnd, "front-doors"]) },
];

await runFrontDoor(async () => {
  const total = { passed: 0, failed: 0 };
  let isBuilt = true;
  for (const step of [{ name: "install", run: install }, ...chosenSteps(process.argv.slice(2))]) {
    const result = isBuilt || !step.needsBuild ? await timed(step.name, step.run) : notBuilt(step);
    if (step.name === "build") isBuilt = result.failed === 0;
    total.passed += result.passed;
    total.failed += result.failed;
    if (step.name === "install" && result.failed > 0) break;
  }
  for (const line of notRun) console.log(line);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});

function chosenSteps(names) {
  if (names.length === 0) return steps;
  const chosen = steps.filter(({ name }) => names.includes(name));
  return chosen.some(({ needsBuild }) => needsBuild)
    ? steps.filter((step) => step.name === "build" || chosen.includes(step))
    : chosen;
}

async function timed(name, run) {
  console.log(`\n=== ${name}`);
  const startedMs = performance.now();
  const result = await run().catch(setupFailure);
  const outcome = result === undefined ? "done" : `${result.passed} passed, ${result.failed} failed`;
  console.log(`=== ${name}: ${outcome} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
  return result ?? { passed: 0, failed: 0 };
}

function setupFailure(error) {
  console.error(error instanceof SetupError ? error.message : error);
  return { passed: 0, failed: 1 };
}

function notBuilt({ name }) {
  console.log(`\n=== ${name}: not run, because the build failed`);
  return { passed: 0, failed: 1 };
}

async function runCheck(args) {
  return (await runPnpm(args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runAudit() {
  const { outcome, lines } = await auditDependencies();
  for (const line of lines) console.log(line);
  if (outcome === "passed") return { passed: 1, failed: 0 };
  // Its own CI has the endpoint: there, silence is no answer.
  if (outcome === "failed" || process.env.AUDIT_REQUIRED === "1") return { passed: 0, failed: 1 };
  notRun.push(...lines);
  return { passed: 0, failed: 0 };
}

async function runPackageChecks() {
  const result = { passed: 0, failed: 0 };
  for await (const { name, passed } of checkPackages()) {
    console.log(`${passed ? "ok    " : "FAILED"} ${name}`);
    result[passed ? "passed" : "failed"] += 1;
  }
  return result;
}

async function browserEnv() {
  return { CHROMIUM_PATH: await ensureChromium() };
}

async function runVitest(name, args, env = {}) {
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = await runPnpm(["exec", "vitest", "run", ...args, ...reporters], { env: { ...process.env, ...env } });
  const result = readReport(report);
  // A file that does not load, or an error outside any test, fails the run without a failed test.
  if (exitCode !== 0 || result.passed === 0) result.failed = Math.max(result.failed, 1);
  return result;
}

function readReport(report) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    const unloaded = testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch (error) {
    console.error(`No report from the tests: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
