import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { allProtocols, protocolOf, wireOf } from "./protocols.js";

const source = path.join(import.meta.dirname, "..");
const registryFile = "exchange/protocols.ts";
const ids = allProtocols.map(({ id }) => id);

/** Shipped files, relative to the source folder. */
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll(path.sep, "/"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("testing/"));
const folderOf = (file: string): string => file.split("/")[0] ?? "";
const read = (file: string): string => readFileSync(path.join(source, file), "utf8");

/** The protocols that a file names, in its code or by what it imports. */
function namedIn(file: string): string[] {
  const text = read(file);
  return ids.filter((id) => text.includes(`"${id}"`) || text.includes(`/${id}/`));
}

describe("the registry of protocols", () => {
  it("lists each folder that reads a protocol's requests, under the folder's name and with its definition", () => {
    const reading = files.filter((file) => file.endsWith("/peek.ts")).map(folderOf);
    expect([...ids].sort()).toEqual(reading.sort());
    for (const id of ids) {
      expect(protocolOf(id).id).toBe(id);
      expect(files).toContain(`${id}/${id}.ts`);
    }
  });

  it("knows every conversation wire of the model", () => {
    expect(allProtocols.filter(({ kind }) => kind === "conversation").map(({ id }) => id)).toEqual([...wires]);
    for (const wire of wires) expect(wireOf(wire)).toBe(protocolOf(wire));
  });

  it("is the one file outside of their folders that names protocols", () => {
    const outside = files.filter((file) => !ids.some((id) => id === folderOf(file)));
    expect(outside.filter((file) => namedIn(file).length > 0)).toEqual([registryFile]);
  });

  it.each(ids)("leaves %s alone: no other protocol's folder names it", (id) => {
    const others = files.filter((file) => folderOf(file) !== id && file !== registryFile);
    expect(others.filter((file) => namedIn(file).includes(id))).toEqual([]);
  });

  it("sends no two protocols to one path", () => {
    const paths = allProtocols.flatMap(({ path: own, tokenCount }) => (tokenCount ? [own, tokenCount.path] : [own]));
    expect(new Set(paths).size).toBe(paths.length);
  });
});
