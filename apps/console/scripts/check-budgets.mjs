// Fails when a page of the export loads more JavaScript than it may, in bytes as they are sent (brotli).
// `pnpm budgets [FIRST_LOAD_KB] [ROUTE_KB]` tries other budgets.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const [firstLoadKb = "200", routeKb = "120"] = process.argv.slice(2);
const bytesPerKb = 1_000;
const budgets = { firstLoad: Number(firstLoadKb) * bytesPerKb, route: Number(routeKb) * bytesPerKb };
const directory = path.join(import.meta.dirname, "../out");
/** The reference is read once in a while, and carries the whole description of the API with its examples. */
const withoutRouteBudget = ["/api-reference/"];

const entries = await readdir(directory, { recursive: true, withFileTypes: true });
const pages = entries
  .filter(({ name }) => name === "index.html")
  .map(({ parentPath }) => `${path.posix.join("/", path.relative(directory, parentPath).split(path.sep).join("/"))}/`)
  .map((route) => (route === "//" ? "/" : route))
  .sort();

const scriptsOf = async (route) => {
  const html = await readFile(path.join(directory, route, "index.html"), "utf8");
  // `nomodule` scripts are for browsers that the console does not run in.
  const tags = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes);
  const sources = tags.filter((tag) => !/\bnomodule\b/i.test(tag)).map((tag) => /\bsrc="([^"?]+)/.exec(tag)?.[1]);
  return new Set(sources.filter((source) => source !== undefined));
};

const sentBytes = async (source) => {
  const file = path.join(directory, source);
  const compressed = await stat(`${file}.br`).catch(() => null);
  return (compressed ?? (await stat(file))).size;
};

const scripts = new Map();
for (const route of pages) scripts.set(route, await scriptsOf(route));
const [first = new Set(), ...others] = scripts.values();
const shared = [...first].filter((source) => others.every((own) => own.has(source)));
const sum = async (sources) => {
  const sizes = await Promise.all([...sources].map(sentBytes));
  return sizes.reduce((total, size) => total + size, 0);
};

const sharedBytes = await sum(shared);
const problems = [];
for (const [route, own] of scripts) {
  const total = await sum(own);
  const added = total - sharedBytes;
  console.log(`${route.padEnd(18)} ${kb(total)} kB, of them its own ${kb(added)} kB`);
  if (route === "/" && total > budgets.firstLoad) {
    problems.push(`The first load of ${route} is ${kb(total)} kB; ${firstLoadKb} kB are allowed.`);
  }
  if (added > budgets.route && !withoutRouteBudget.includes(route)) {
    problems.push(`${route} adds ${kb(added)} kB; ${routeKb} kB are allowed.`);
  }
}
if (pages.length === 0) problems.push("There is no export: build the console first.");
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function kb(bytes) {
  return (bytes / bytesPerKb).toFixed(1);
}
