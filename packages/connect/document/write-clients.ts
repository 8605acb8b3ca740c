import { readFileSync, writeFileSync } from "node:fs";
import { replaceSections } from "./encode-client-sections.js";

const [file = ""] = process.argv.slice(2);
writeFileSync(file, replaceSections(readFileSync(file, "utf8")));
