import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { clients } from "../src/clients/clients.js";
import { encodeClientSections, replaceSections } from "./encode-client-sections.js";

const document = readFileSync(path.resolve(import.meta.dirname, "../../../docs/clients.md"), "utf8");

test("docs/clients.md says of every client what the command line and the console say", () => {
  // Mended by: pnpm --filter @copilot-llm/connect document
  expect(replaceSections(document)).toBe(document);
  for (const { name } of clients) expect(encodeClientSections()).toContain(`## ${name}\n`);
});
