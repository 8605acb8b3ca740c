// npm test: sets everything up, runs every check and ends with what failed and the line `N passed, N failed`.
// `npm test -- unit e2e` runs only the named steps (after install and, where needed, build).
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { auditDependencies } from "./audit.mjs";
import { ensureChromium } from "./chromium.mjs";
import { describeFailures } from "./describe-failures.mjs";
import { checkPackages } from "./package-checks.mjs";
import { ensureSystemServers } from "./system-servers.mjs";
import { install, repositoryRoot, runFrontDoor, runPnpm, SetupError } from "./toolchain.mjs";

/** What could not be checked here: said again at the end, so that nobody takes it for checked. */
const notRun = [];

const reports = path.join(repositoryRoot, "test-results");

/** What a run of Vitest prints: a line for each file that passed, and what tests print only where they fail. */
const terse = ["--reporter=default", "--silent=passed-only", `--slowTestThreshold=${24 * 60 * 60 * 1000}`];
const outcomeReporter = fileURLToPath(new URL("failures-reporter.mjs", import.meta.url));

const endToEnd = ["--config", "tests/vitest.config.ts"];

/**
 * The steps in order. Each resolves with `{passed, failures}`, a failure being `{file?, title, message}`; a step that needs the
 * build fails when there is none.
 */
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
  let passed = 0;
  const failures = [];
  let isBuilt = true;
  for (const step of [{ name: "install", run: install }, ...chosenSteps(process.argv.slice(2))]) {
    const result = isBuilt || !step.needsBuild ? await timed(step.name, step.run) : notBuilt(step);
    if (step.name === "build") isBuilt = result.failures.length === 0;
    passed += result.passed;
    failures.push(...result.failures.map((failure) => ({ step: step.name, ...failure })));
    if (step.name === "install" && failures.length > 0) break;
  }
  for (const line of [...describeFailures(failures), ...notRun]) console.log(line);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
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
  const outcome = result === undefined ? "done" : `${result.passed} passed, ${result.failures.length} failed`;
  console.log(`=== ${name}: ${outcome} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
  return result ?? { passed: 0, failures: [] };
}

function setupFailure(error) {
  console.error(error instanceof SetupError ? error.message : error);
  return failedCheck("(set-up)", error instanceof SetupError ? error.message : String(error.stack ?? error));
}

function notBuilt({ name }) {
  console.log(`\n=== ${name}: not run, because the build failed`);
  return failedCheck("(not run)", "The build failed.");
}

function failedCheck(title, message) {
  return { passed: 0, failures: [{ title, message }] };
}

async function runCheck(args) {
  const written = [];
  const exitCode = await runPnpm(args, { written });
  const [, program, ...rest] = args;
  return exitCode === 0 ? { passed: 1, failures: [] } : failedCheck([program, ...rest].join(" "), lastOf(written));
}

/** The end of what a check wrote: its verdict stands there. */
function lastOf(written) {
  return Buffer.concat(written.map((chunk) => Buffer.from(chunk)))
    .toString("utf8")
    .trim()
    .split("\n")
    .slice(-20)
    .join("\n");
}

async function runAudit() {
  const { outcome, lines } = await auditDependencies();
  for (const line of lines) console.log(line);
  if (outcome === "passed") return { passed: 1, failures: [] };
  // Its own CI has the endpoint: there, silence is no answer.
  if (outcome === "failed" || process.env.AUDIT_REQUIRED === "1") return failedCheck("advisories", lines.join("\n"));
  notRun.push(...lines);
  return { passed: 0, failures: [] };
}

async function runPackageChecks() {
  const result = { passed: 0, failures: [] };
  const written = [];
  for await (const { name, passed } of checkPackages(written)) {
    console.log(`${passed ? "ok    " : "FAILED"} ${name}`);
    const said = lastOf(written.splice(0));
    if (passed) result.passed += 1;
    else result.failures.push({ title: name, message: said });
  }
  return result;
}

async function browserEnv() {
  return { CHROMIUM_PATH: await ensureChromium() };
}

async function runVitest(name, args, env = {}) {
  const outcomeFile = path.join(reports, `${name}.json`);
  rmSync(outcomeFile, { force: true });
  const exitCode = await runPnpm(["exec", "vitest", "run", ...args, ...terse, `--reporter=${outcomeReporter}`], {
    env: { ...process.env, ...env, VITEST_OUTCOME_FILE: outcomeFile },
  });
  const result = readOutcome(outcomeFile);
  if ((exitCode !== 0 || result.passed === 0) && result.failures.length === 0) {
    result.failures.push({
      title: "vitest",
      message: `It ended with ${exitCode} after ${result.passed} passed tests.`,
    });
  }
  return result;
}

function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return failedCheck("(no report from the tests)", error.message);
  }
}
