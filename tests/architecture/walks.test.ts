import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readText, repositoryRoot } from "./workspace.ts";

interface Walk {
  readonly title: string;
  readonly stops: readonly string[];
}

/** The walks of a document: headings with a numbered list each, in the section of that name. */
function walksOf(markdown: string): Walk[] {
  const section = /^## Three walks\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(markdown)?.[1] ?? "";
  return section
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [title = "", ...lines] = text.split("\n");
      return {
        title,
        stops: lines
          .join("\n")
          .split(/^\d+\. /m)
          .slice(1),
      };
    });
}

/** What of a stop is not there: its file, the name to look for in it, or a file beside it; null when all is. */
function problemOf(stop: string): string | null {
  const [, file = "", name = ""] = /^`([^`]+)`, `(\w+)`: /.exec(stop) ?? [];
  if (name === "") return `a stop is not "\`file\`, \`name\`: …" but ${stop.trim()}`;
  const isThere = (target: string) => existsSync(path.join(repositoryRoot, target));
  if (!isThere(file)) return `${file} is not there`;
  if (!new RegExp(`\\b${name}\\b`).test(readText(file))) return `${file} has no ${name}`;
  const beside = [...stop.matchAll(/`([\w-]+\.ts)`/g)].map(([, found = ""]) => found);
  const missing = beside.find((found) => !isThere(path.join(path.dirname(file), found)));
  return missing === undefined ? null : `${missing} is not beside ${file}`;
}

describe("the walks of docs/architecture.md", () => {
  const walks = walksOf(readText("docs/architecture.md"));

  it("are three, of at most seven stops each", () => {
    expect(walks).toHaveLength(3);
    for (const { title, stops } of walks) expect([title, stops.length > 2 && stops.length <= 7]).toEqual([title, true]);
  });

  it("lead along files and names that are there", () => {
    const problems = walks.flatMap(({ title, stops }) => stops.map((stop) => [title, problemOf(stop)] as const));
    expect(problems.filter(([, problem]) => problem !== null)).toEqual([]);
  });
});

describe("the rules for walks", () => {
  it("see a stop that is not there", () => {
    const file = "packages/quota/src/refusal.ts";
    expect(problemOf(`\`${file}\`, \`refusal\`: the error.`)).toBe(null);
    expect(problemOf(`\`${file}\`, \`refuse\`: the error.`)).toContain("has no refuse");
    expect(problemOf("`packages/quota/src/gone.ts`, `refusal`: the error.")).toContain("is not there");
    expect(problemOf(`\`${file}\`, \`refusal\`: as \`gone.ts\` has it.`)).toContain("gone.ts is not beside");
    expect(problemOf("the error")).toContain("a stop is not");
  });
});
