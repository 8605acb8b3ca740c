import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const text = readFileSync(path.join(root, "deploy/docker/Dockerfile"), "utf8");
const instructions = DockerfileParser.parse(text).getInstructions();
const ofKind = (keyword: string) => instructions.filter((instruction) => instruction.getKeyword() === keyword);

describe("the Dockerfile", () => {
  it("has nothing that Docker's own linter objects to", () => {
    expect(validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("pins its images to a release, and builds in another stage than it runs in", () => {
    const images = ofKind("FROM").map((instruction) => instruction.getArgumentsContent() ?? "");
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/^node:22-bookworm-slim/);
  });

  it("runs as a user without privileges, says how healthy it is, and gets the signal to stop itself", () => {
    expect(ofKind("USER").at(-1)?.getArgumentsContent()).toBe("node");
    expect(ofKind("HEALTHCHECK")[0]?.getArgumentsContent()).toContain("/health");
    expect(ofKind("ENTRYPOINT")[0]?.getArgumentsContent()).toMatch(/^\["node",/);
  });

  it("uses the repository's own pnpm, and copies nothing but what its .dockerignore lets through", () => {
    const { packageManager } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      packageManager: string;
    };
    for (const [pinned] of text.matchAll(/pnpm@[\d.]+/g)) expect(pinned).toBe(packageManager);
    const allowed = readFileSync(path.join(root, "deploy/docker/Dockerfile.dockerignore"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    expect(allowed.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});
