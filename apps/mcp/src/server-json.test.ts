import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import serverJson from "../server.json" with { type: "json" };

describe("server.json", () => {
  it("names the package and its version as package.json does", () => {
    const { name, version, packages, description } = serverJson;
    expect([name, version]).toEqual([packageJson.mcpName, packageJson.version]);
    expect(packages).toMatchObject([{ identifier: packageJson.name, version: packageJson.version }]);
    // The registry takes no more.
    expect(description.length).toBeLessThanOrEqual(100);
  });

  it("lists settings that are read", () => {
    const source = readFileSync(path.join(import.meta.dirname, "settings/parse-mcp-settings.ts"), "utf8");
    const names = serverJson.packages.flatMap(({ environmentVariables }) =>
      environmentVariables.map(({ name }) => name),
    );
    expect(names.filter((name) => !source.includes(`"${name}"`))).toEqual([]);
  });
});
