import { describe, expect, it } from "vitest";
import { readText } from "./workspace.ts";

const settingPattern = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*/g;

/** The settings in the first column of the document's table. */
function documentedSettings(): string[] {
  const rows = readText("docs/configuration.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => row.split("|")[1]?.match(settingPattern) ?? []).sort();
}

function exampleSettings(): string[] {
  return [...readText(".env.example").matchAll(/^#([A-Z0-9_]+)=/gm)].map(([, name]) => name ?? "").sort();
}

describe("settings", () => {
  it("are the same in docs/configuration.md and in .env.example", () => {
    expect(documentedSettings()).not.toEqual([]);
    expect(exampleSettings()).toEqual(documentedSettings());
  });

  it("are those that the gateway reads", () => {
    const source = ["parse-gateway-settings.ts", "parse-settings.ts"]
      .map((file) => readText(`apps/gateway/src/env/${file}`))
      .join("\n");
    const read = [...source.matchAll(/\b(?:read|secret)\("([A-Z0-9_]+)"\)/g)].map(([, name]) => name ?? "");
    expect(documentedSettings()).toEqual([...new Set(read)].sort());
  });
});
