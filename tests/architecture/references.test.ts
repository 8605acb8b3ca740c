import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, type Reference, referencesOfDocument, referencesOfSource, requirementsIn } from "./references.ts";
import { listFiles, readText, repositoryRoot } from "./workspace.ts";

const ownFiles = ["tests/architecture/references.ts", "tests/architecture/references.test.ts"];
const files = listFiles(".").filter((file) => !ownFiles.includes(file));
const sources = files.filter((file) => /\.(tsx?|mjs)$/.test(file));
const documents = files.filter((file) => file.endsWith(".md"));

/** Why a reference cannot be followed; null when it can. A document may be named from the root or from beside its reader. */
function problemOf(file: string, { target, anchor }: Reference): string | null {
  const beside = path.posix.join(path.posix.dirname(file), target);
  const found = [target, beside].find((candidate) => existsSync(path.join(repositoryRoot, candidate)));
  if (found === undefined) return `${file} names ${target}, which is not there`;
  if (anchor === null || anchorsOf(readText(found)).includes(anchor)) return null;
  return `${file} names ${target}#${anchor}, a heading that is not there`;
}

function problemsOf(file: string, references: readonly Reference[]): string[] {
  return references.map((reference) => problemOf(file, reference)).filter((problem) => problem !== null);
}

describe("references", () => {
  it("of documents lead to files and headings that exist", () => {
    expect(documents.flatMap((file) => problemsOf(file, referencesOfDocument(file, readText(file))))).toEqual([]);
  });

  it("of comments and code lead to files and headings that exist", () => {
    const isFixture = (file: string) => file.startsWith("tests/architecture/");
    const checked = sources.filter((file) => !isFixture(file));
    expect(checked.flatMap((file) => problemsOf(file, referencesOfSource(readText(file))))).toEqual([]);
  });

  it("to facts of the service are used: every one is named in the code or in a document", () => {
    const texts = [...sources, ...documents].map(readText).join("\n");
    const facts = readText("docs/copilot-service.md").matchAll(/^### (.+)$/gm);
    const unused = [...facts].map(([, fact]) => fact).filter((fact) => !texts.includes(`copilot-service.md#${fact}`));
    expect(unused).toEqual([]);
  });
});

describe("client requirements", () => {
  const defined = [...readText("docs/client-requirements.md").matchAll(/^### (.+)$/gm)].map(([, id = ""]) => id);
  const cited = sources.filter((file) => file.endsWith(".test.ts")).flatMap((file) => requirementsIn(readText(file)));

  it("have one id each", () => {
    expect(defined.length).toBeGreaterThan(10);
    expect(defined).toEqual([...new Set(defined)]);
  });

  it("are each cited by a test", () => {
    expect(defined.filter((id) => !cited.includes(id))).toEqual([]);
  });

  it("are there when a test cites them", () => {
    expect(cited.filter((id) => !defined.includes(id))).toEqual([]);
  });
});

describe("the rules for references", () => {
  it("see links, anchors and paths of a document", () => {
    const text = "[a](b.md#c) and [d](#e), `packages/pool/src/pool.ts`; `packages/*`, `node apps/gateway/dist/main.js`";
    expect(referencesOfDocument("docs/x.md", text)).toEqual([
      { target: "docs/b.md", anchor: "c" },
      { target: "docs/x.md", anchor: "e" },
      { target: "packages/pool/src/pool.ts", anchor: null },
    ]);
  });

  it("see documents anywhere in code, paths in comments only", () => {
    const code = [
      "/** As docs/a.md#b says (upstream.md). */",
      'const page = new URL("../../../docs/c.md");',
      'const path = "packages/none/src/x.ts"; // see packages/pool/src/pool.ts',
    ].join("\n");
    expect(referencesOfSource(code).map(({ target, anchor }) => `${target}#${anchor ?? ""}`)).toEqual([
      "docs/a.md#b",
      "upstream.md#",
      "docs/c.md#",
      "docs/a.md#b",
      "packages/pool/src/pool.ts#",
    ]);
  });

  it("make anchors as GitHub does", () => {
    expect(anchorsOf("# Chat: `/chat/completions`\n\n```sh\n# no heading\n```\n## A b\n## A b\n")).toEqual([
      "chat-chatcompletions",
      "a-b",
      "a-b-1",
    ]);
  });
});
