import { readFile, writeFile } from "node:fs/promises";
import { replaceTable, simulateAll } from "./report.js";

const path = process.argv[2];
if (path === undefined) throw new Error("Usage: write-doc <document>");
const document = await readFile(path, "utf8");
await writeFile(path, replaceTable(document, await simulateAll()));
console.log(`Wrote the simulation's table to ${path}.`);
