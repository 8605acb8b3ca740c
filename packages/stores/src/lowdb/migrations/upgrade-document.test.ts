import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { readStoredDocument, upgradeDocument } from "../stored-document.js";
import { createMigration, type DocumentFormat } from "./document-migration.js";

/** A document that had two other forms before. */
const format: DocumentFormat<{ names: string[]; limit: number }> = {
  schema: z.strictObject({ names: z.array(z.string()), limit: z.number() }),
  migrations: [
    createMigration(z.strictObject({ name: z.string() }), ({ name }) => ({ names: [name] })),
    createMigration(z.strictObject({ names: z.array(z.string()) }), (earlier) => ({ ...earlier, limit: 10 })),
  ],
};

const first = '{ "version": 1, "name": "ada" }\n';
const second = '{ "version": 2, "names": ["ada"] }\n';
const current = { names: ["ada"], limit: 10 };

async function createDocument(text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const directory = await createTemporaryDirectory();
  for (const [name, content] of Object.entries(others)) await writeFile(join(directory, name), content);
  await writeFile(join(directory, "thing.json"), text);
  return join(directory, "thing.json");
}

function keptPath(path: string, version: number): string {
  return path.replace(".json", `.v${version}.json`);
}

describe("a document of an earlier version", () => {
  it.each([
    [1, first],
    [2, second],
  ])("%i is replaced by the current one, and stays beside it for its owner alone", async (version, text) => {
    const path = await createDocument(text);
    await upgradeDocument(path, format);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ version: 3, ...current });
    expect(await readFile(keptPath(path, version), "utf8")).toBe(text);
    expect((await stat(keptPath(path, version))).mode & 0o777).toBe(0o600);
  });

  it("is brought forward from every point at which that was interrupted, and once only", async () => {
    const whole = await createDocument(first);
    await upgradeDocument(whole, format);
    const forward = await readFile(whole, "utf8");
    const interruptions: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      [first, { "thing.v1.json.tmp": first.slice(0, 5) }],
      [first, { "thing.v1.json": first }],
      [first, { "thing.v1.json": first, "thing.json.tmp": forward.slice(0, 20) }],
      [forward, { "thing.v1.json": first }],
    ];
    for (const [text, others] of interruptions) {
      const path = await createDocument(text, others);
      await upgradeDocument(path, format);
      expect(await readFile(path, "utf8")).toBe(forward);
      expect(await readFile(keptPath(path, 1), "utf8")).toBe(first);
    }
  });

  it("comes back when the one that was kept is put in its place", async () => {
    const path = await createDocument(second);
    await upgradeDocument(path, format);
    await writeFile(path, await readFile(keptPath(path, 2)));
    expect((await readStoredDocument(path, format))?.stored).toEqual(current);
  });

  it("stays as it is where it cannot be kept", async () => {
    const path = await createDocument(first);
    await mkdir(keptPath(path, 1));
    await expect(upgradeDocument(path, format)).rejects.toThrow(
      `Cannot write ${keptPath(path, 1)}: it is a directory.`,
    );
    expect(await readFile(path, "utf8")).toBe(first);
  });

  it("is refused when it is not what that version wrote, and when it is newer than what is known", async () => {
    await expect(upgradeDocument(await createDocument('{ "version": 2, "name": "ada" }'), format)).rejects.toThrow(
      "is damaged",
    );
    await expect(upgradeDocument(await createDocument('{ "version": 4 }'), format)).rejects.toThrow(
      "has version 4, and this software knows versions up to 3",
    );
  });
});
