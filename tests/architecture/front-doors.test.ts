import { describe, expect, it } from "vitest";
import { listFiles, readText } from "./workspace.ts";

const importStatement = /^(?:import|export)\s(?:[^"';]*?\sfrom\s*)?"([^"]+)"/gm;

describe("scripts", () => {
  it.each(listFiles("scripts").filter((file) => file.endsWith(".mjs")))(
    "%s loads in a fresh clone, where only Node is installed",
    (file) => {
      const imported = [...readText(file).matchAll(importStatement)].map(([, specifier]) => specifier ?? "");
      expect(imported.filter((specifier) => !/^(?:node:|\.)/.test(specifier))).toEqual([]);
    },
  );
});
