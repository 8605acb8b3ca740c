// Asks npm's registry which of the locked dependencies have a known weakness. `node scripts/audit.mjs` does that alone.
// The registry's bulk endpoint is asked directly: pnpm 10 asks the one before it, which npm has retired (410).
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { readPnpm, repositoryRoot, runFrontDoor } from "./toolchain.mjs";

const timeoutMs = 60_000;
const endpoint = "-/npm/v1/security/advisories/bulk";
/** What fails: the two gravest of npm's four. */
const grave = new Set(["high", "critical"]);

/**
 * Resolves with `{outcome, lines}`: "failed" with a line for each grave advisory, "passed" when the registry answered and
 * knows of none, "not run" when it gave no answer, for many mirrors offer no audit.
 */
export async function auditDependencies() {
  const { advisories, reason } = await askRegistry(listLocked());
  if (advisories === null) {
    return { outcome: "not run", lines: [`audit: not run, since the registry offers none: ${reason}`] };
  }
  const found = advisories.filter(({ severity }) => grave.has(severity));
  if (found.length > 0) return { outcome: "failed", lines: found.map(describe) };
  return { outcome: "passed", lines: ["audit: no known weakness that is high or critical"] };
}

/** Every package in the lock file with its versions, as the endpoint takes them: `{name: [version, …]}`. */
function listLocked() {
  const text = readFileSync(path.join(repositoryRoot, "pnpm-lock.yaml"), "utf8");
  const [, packages = ""] = /^packages:\n([\s\S]*?)^\S/m.exec(`${text}\nend`) ?? [];
  const versions = {};
  for (const [, name, version] of packages.matchAll(/^ {2}'?(@?[^@'\s]+)@([^:'\s]+)'?:$/gm)) {
    versions[name] = [...(versions[name] ?? []), version];
  }
  return versions;
}

async function askRegistry(versions) {
  try {
    const response = await fetch(new URL(endpoint, await registryUrl()), {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: gzipSync(JSON.stringify(versions)),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return { advisories: null, reason: `it answered ${response.status}` };
    return readAnswer(await response.json(), versions);
  } catch (error) {
    return { advisories: null, reason: error.cause?.message ?? error.message };
  }
}

/** An answer names packages that were asked for, each with its advisories; nothing else is one. */
function readAnswer(answer, versions) {
  const isObject = typeof answer === "object" && answer !== null && !Array.isArray(answer);
  const entries = isObject ? Object.entries(answer) : [];
  if (!isObject || entries.some(([name, its]) => versions[name] === undefined || !Array.isArray(its))) {
    return { advisories: null, reason: "its answer is none of an audit" };
  }
  return { advisories: entries.flatMap(([name, its]) => its.map((one) => ({ ...one, name, locked: versions[name] }))) };
}

async function registryUrl() {
  const configured = (await readPnpm(["config", "get", "registry"], timeoutMs)).trim();
  return configured.endsWith("/") ? configured : `${configured}/`;
}

function describe({ severity, name, locked, vulnerable_versions: versions, title, url }) {
  return `audit: ${severity}: ${name} ${versions}: ${title} (${url}); locked: ${locked.join(", ")}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runFrontDoor(async () => {
    const { outcome, lines } = await auditDependencies();
    for (const line of lines) console.log(line);
    process.exitCode = outcome === "failed" ? 1 : 0;
  });
}
