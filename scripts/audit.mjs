// Asks npm's registry which of the locked dependencies have a known weakness. `node scripts/audit.mjs` does that alone.
import { pathToFileURL } from "node:url";
import { readPnpm, runFrontDoor } from "./toolchain.mjs";

const timeoutMs = 60_000;
/** What fails: the two gravest of npm's four. */
const grave = new Set(["high", "critical"]);

/**
 * Resolves with `{outcome, lines}`: "failed" with a line for each grave advisory, "passed" when the registry answered and
 * knows of none, "not run" when it gave no answer, for many mirrors offer no audit.
 */
export async function auditDependencies() {
  const report = parseReport(await readPnpm(["audit", "--json"], timeoutMs));
  if (report.advisories === undefined) {
    const reason = report.error?.message ?? "it gave no answer";
    return { outcome: "not run", lines: [`audit: not run, since the registry offers none: ${reason}`] };
  }
  const found = Object.values(report.advisories).filter(({ severity }) => grave.has(severity));
  if (found.length > 0) return { outcome: "failed", lines: found.map(describe) };
  return { outcome: "passed", lines: ["audit: no known weakness that is high or critical"] };
}

function parseReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function describe({ severity, module_name: name, vulnerable_versions: versions, title, url, findings = [] }) {
  const paths = findings.flatMap(({ paths: through = [] }) => through).slice(0, 3);
  return `audit: ${severity}: ${name} ${versions}: ${title} (${url}) by ${paths.join(", ")}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runFrontDoor(async () => {
    const { outcome, lines } = await auditDependencies();
    for (const line of lines) console.log(line);
    process.exitCode = outcome === "failed" ? 1 : 0;
  });
}
