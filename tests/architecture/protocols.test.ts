import { describe, expect, it } from "vitest";
import { readWorkspace } from "./workspace.ts";

const workspace = readWorkspace();
const shippedOf = (id: string) =>
  workspace.find((owner) => owner.id === id)?.sources.filter(({ isTest }) => !isTest) ?? [];

/** A protocol is a folder of `packages/protocols/src` that reads requests. */
const protocols = shippedOf("protocols").flatMap(({ path }) => /\/src\/([^/]+)\/peek\.ts$/.exec(path)?.[1] ?? []);

describe("protocols", () => {
  it("are found by their folders", () => {
    expect(protocols).toContain("openai-chat");
    expect(protocols.length).toBeGreaterThanOrEqual(4);
  });

  it("are not told apart by the provider", () => {
    const files = shippedOf("provider");
    expect(files.length).toBeGreaterThan(0);
    const naming = files.flatMap(({ path, nodes }) =>
      nodes
        .filter(({ type, value }) => type === "Literal" && protocols.includes(String(value)))
        .map(({ value }) => `${path} names ${String(value)}`),
    );
    expect(naming).toEqual([]);
  });
});
