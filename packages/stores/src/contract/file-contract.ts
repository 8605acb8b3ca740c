import assert from "node:assert/strict";
import type { StoredFile } from "@copilot-llm/model";
import type { FileStore } from "../interfaces/file-store.js";
import { inParts, sampleBatch, sampleFile } from "./batch-samples.js";
import { countWinners } from "./race.js";
import { sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const dayMs = 86_400_000;
const megabyte = 1 << 20;

function readWhole(files: FileStore, id: string, part: Parameters<FileStore["read"]>[1] = null): Promise<Buffer> {
  return join(files.read(id, part));
}

async function join(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of parts) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Every byte says where it is. */
async function* manyBytes(bytes: number): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes; start += 100_000) {
    yield Uint8Array.from({ length: Math.min(100_000, bytes - start) }, (_, index) => ((start + index) * 7919) >>> 8);
  }
}

export function fileContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("files", () => {
    it(
      "are kept as bytes, and given back as a whole or in part",
      withStores(async (stores, { reopen }) => {
        const file = sampleFile("a", { name: "quèstions\0.jsonl", expiresAtMs: sampleStartMs + dayMs });
        const written = await stores.files.write(file, inParts("zéro\n", "", "one\ntwo", "\n"));
        assert.equal(written.bytes, 14);
        const { files } = await reopen();
        const found = await files.find(file.id);
        assert.deepEqual(found, { ...file, name: "quèstions\ufffd.jsonl", bytes: 14 });
        assert.equal((await readWhole(files, file.id)).toString(), "zéro\none\ntwo\n");
        assert.equal((await readWhole(files, file.id, { offset: 6, length: 3 })).toString(), "one");
        assert.equal((await readWhole(files, file.id, { offset: 10, length: 100 })).toString(), "two\n");
        assert.equal((await readWhole(files, file.id, { offset: 14, length: 1 })).length, 0);
        assert.equal(await files.find("file-x"), null);
        await assert.rejects(readWhole(files, "file-x"), { code: "not_found" });
      }),
    );

    it(
      "may be large: what is read is what was written, in pieces that stay small",
      withStores(async ({ files }) => {
        const bytes = 3 * megabyte + 12_345;
        await files.write(sampleFile("large"), manyBytes(bytes));
        const expected = await join(manyBytes(bytes));
        let offset = 0;
        for await (const chunk of files.read("file-large", null)) {
          assert.ok(chunk.length <= megabyte);
          assert.ok(expected.subarray(offset, offset + chunk.length).equals(chunk));
          offset += chunk.length;
        }
        assert.equal(offset, bytes);
        for (const from of [0, 262_100, 262_144, 524_287, bytes - 10]) {
          const part = await readWhole(files, "file-large", { offset: from, length: 300_000 });
          assert.ok(part.equals(expected.subarray(from, from + 300_000)));
        }
      }),
    );

    it(
      "may be empty",
      withStores(async ({ files }) => {
        assert.equal((await files.write(sampleFile("empty"), inParts())).bytes, 0);
        assert.equal((await readWhole(files, "file-empty")).length, 0);
      }),
    );

    it(
      "are not there, not even in part, when what gives them fails",
      withStores(async ({ files }) => {
        async function* failing(): AsyncIterable<Uint8Array> {
          yield Buffer.alloc(megabyte);
          throw new Error("the client hung up");
        }
        await assert.rejects(files.write(sampleFile("a"), failing()), { message: "the client hung up" });
        assert.equal(await files.find("file-a"), null);
        await files.write(sampleFile("a"), inParts("again"));
        assert.equal((await readWhole(files, "file-a")).toString(), "again");
      }),
    );

    it(
      "are there once for each id, however many write it at the same time",
      withStores(async ({ files }) => {
        const winners = await countWinners(5, (index) =>
          files.write(sampleFile("a"), inParts(`content ${index}`)).then(
            () => true,
            (error: { readonly code?: string }) => {
              assert.equal(error.code, "conflict");
              return false;
            },
          ),
        );
        assert.equal(winners, 1);
        assert.match((await readWhole(files, "file-a")).toString(), /^content \d$/);
      }),
    );

    it(
      "are listed by owner and purpose, page by page in either order",
      withStores(async ({ files }) => {
        const names = ["a", "b", "c", "d"];
        for (const name of names) await files.write(sampleFile(name), inParts(name));
        await files.write(sampleFile("other", { ownerId: "key_b" }), inParts("x"));
        await files.write(sampleFile("internal", { purpose: "batch_internal" }), inParts("y"));
        const list = async (query: Partial<Parameters<FileStore["list"]>[0]>) =>
          (await files.list({ ownerId: "key_a", limit: 10, order: "asc", ...query })).map(({ id }: StoredFile) => id);
        assert.deepEqual(await list({ purpose: "batch" }), ["file-a", "file-b", "file-c", "file-d"]);
        assert.deepEqual(await list({ purpose: "batch_internal" }), ["file-internal"]);
        assert.deepEqual(await list({ limit: 2, afterId: "file-b" }), ["file-c", "file-d"]);
        assert.deepEqual(await list({ order: "desc", limit: 2, afterId: "file-d" }), ["file-c", "file-b"]);
        assert.deepEqual(await list({ ownerId: "key_b" }), ["file-other"]);
        await assert.rejects(list({ afterId: "file-x" }), { code: "invalid_request" });
      }),
    );

    it(
      "are removed once, and then are gone",
      withStores(async (stores, { reopen }) => {
        await stores.files.write(sampleFile("a"), inParts("a"));
        await stores.files.write(sampleFile("b"), inParts("b"));
        assert.equal(await countWinners(5, () => stores.files.remove("file-a")), 1);
        await assert.rejects(readWhole(stores.files, "file-a"), { code: "not_found" });
        const { files } = await reopen();
        assert.equal(await files.find("file-a"), null);
        assert.equal((await readWhole(files, "file-b")).toString(), "b");
      }),
    );

    it(
      "go when they expire, unless a batch that has not ended needs them",
      withStores(async ({ files, batches }) => {
        const expiresAtMs = sampleStartMs + dayMs;
        for (const name of ["kept", "due", "needed"]) {
          await files.write(sampleFile(name, { expiresAtMs: name === "kept" ? null : expiresAtMs }), inParts(name));
        }
        await batches.create(sampleBatch("a", { fileId: "file-needed", expiresAtMs: expiresAtMs + dayMs }));
        await batches.addItems("batch_a", [{ index: 0, customId: "a", offset: 0, length: 1 }]);
        await batches.start("batch_a", sampleStartMs);
        const left = async () => {
          const listed = await files.list({ ownerId: "key_a", limit: 10, order: "asc" });
          return listed.map(({ id }) => id);
        };
        await batches.expire({ nowMs: expiresAtMs - 1, endedBeforeMs: 0 });
        assert.equal((await left()).length, 3);
        await batches.expire({ nowMs: expiresAtMs, endedBeforeMs: 0 });
        assert.deepEqual(await left(), ["file-kept", "file-needed"]);
        await batches.cancel("batch_a", expiresAtMs, null);
        await batches.expire({ nowMs: expiresAtMs, endedBeforeMs: 0 });
        assert.deepEqual(await left(), ["file-kept"]);
      }),
    );
  });
}
