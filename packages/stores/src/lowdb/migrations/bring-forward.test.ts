import { watch } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundleProgram, startProgram } from "../../../test-support/child-program.js";
import {
  keptDataDirectories,
  keptEncryptionKey,
  unpackDataDirectory,
} from "../../../test-support/kept-data-directories.js";
import { openDataDirectory, readDocuments, readRefusal } from "../../../test-support/open-data-directory.js";

function unpackEarlier(): Promise<string> {
  const [oldest] = keptDataDirectories;
  if (oldest === undefined) throw new Error("no data directory is kept");
  return unpackDataDirectory(oldest);
}

async function bringForward(dataDir: string): Promise<ReadonlyMap<string, string>> {
  await (await openDataDirectory(dataDir)).stores.close();
  return readDocuments(dataDir);
}

function untilAppears(directory: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(directory, (_, changed) => {
      if (changed !== name) return;
      watcher.close();
      resolve();
    });
  });
}

describe("bringing a data directory forward", () => {
  it("goes on from every point at which it was interrupted", async () => {
    const whole = await unpackEarlier();
    const forward = await bringForward(whole);
    const settings = forward.get("settings.json") ?? "";
    const earlier = await readFile(join(whole, "settings.v1.json"), "utf8");
    const kept = { "settings.v1.json": earlier };
    const interruptions: Readonly<Record<string, string>>[] = [
      { "settings.v1.json.tmp": earlier.slice(0, 20) },
      kept,
      { ...kept, "settings.json.tmp": settings.slice(0, 20) },
      { ...kept, "settings.json": settings },
      { ...kept, "settings.json": settings, "directory.v1.json.tmp": "" },
    ];
    for (const files of interruptions) {
      const dataDir = await unpackEarlier();
      for (const [name, text] of Object.entries(files)) await writeFile(join(dataDir, name), text);
      expect(await bringForward(dataDir)).toEqual(forward);
      expect(await readFile(join(dataDir, "settings.v1.json"), "utf8")).toBe(earlier);
    }
  });

  it("leaves every document whole when the process is killed at any moment", async () => {
    const forward = await bringForward(await unpackEarlier());
    const program = await bundleProgram("hold-stores");
    for (const name of [
      "lock.1",
      "tokens.v1.json.tmp",
      "tokens.json.tmp",
      "keys.v1.json.tmp",
      "keys.json.tmp",
      "users.v1.json.tmp",
      "users.json.tmp",
      "settings.v1.json.tmp",
      "settings.json.tmp",
      "directory.v1.json",
      "directory.json.tmp",
    ]) {
      const dataDir = await unpackEarlier();
      const appeared = untilAppears(dataDir, name);
      const child = startProgram(program, [dataDir, keptEncryptionKey.reveal()]);
      await appeared;
      await child.kill();
      expect(await bringForward(dataDir)).toEqual(forward);
    }
  });

  it("can be undone with the documents that were kept", async () => {
    const dataDir = await unpackEarlier();
    const before = await readDocuments(dataDir);
    const forward = await bringForward(dataDir);
    for (const name of ["tokens", "keys", "users", "settings", "directory"]) {
      await writeFile(join(dataDir, `${name}.json`), await readFile(join(dataDir, `${name}.v1.json`)));
    }
    expect(await readDocuments(dataDir)).toEqual(before);
    expect(await bringForward(dataDir)).toEqual(forward);
  });

  it("is refused, and changes nothing, where the earlier document cannot be kept", async () => {
    const dataDir = await unpackEarlier();
    const before = await readDocuments(dataDir);
    await mkdir(join(dataDir, "tokens.v1.json"));
    expect(await readRefusal(dataDir)).toBe(`Cannot write ${join(dataDir, "tokens.v1.json")}: it is a directory.`);
    expect(await readDocuments(dataDir)).toEqual(before);
  });

  it("does not begin while anything in the directory is damaged", async () => {
    const dataDir = await unpackEarlier();
    await writeFile(join(dataDir, "users.json"), "{}");
    const before = await readDocuments(dataDir);
    expect(await readRefusal(dataDir)).toContain("users.json is damaged");
    expect(await readDocuments(dataDir)).toEqual(before);
  });
});
