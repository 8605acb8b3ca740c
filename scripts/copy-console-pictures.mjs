// Takes the pictures of docs/console.md from those that the browser tests left in test-results. Fails when one is
// missing or all of them together are too large for a repository.
import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const from = path.join(root, "test-results/console");
const to = path.join(root, "docs/images/console");
const maxBytes = 2_000_000;

const document = await readFile(path.join(root, "docs/console.md"), "utf8");
const names = [...document.matchAll(/images\/console\/([\w-]+)\.webp/g)].map(([, name]) => name);

await mkdir(to, { recursive: true });
let bytes = 0;
for (const name of names) {
  const source = path.join(from, `${name}-1440-en-light.webp`);
  await copyFile(source, path.join(to, `${name}.webp`)).catch(() => {
    throw new Error(
      `There is no ${path.relative(root, source)}: run the browser tests first (tests/console/pages.test.ts).`,
    );
  });
  bytes += (await stat(source)).size;
}
if (bytes > maxBytes) throw new Error(`The pictures take ${bytes} bytes; ${maxBytes} are allowed.`);
console.log(`${names.length} pictures, ${Math.round(bytes / 1_000)} kB`);
