import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sampleEntry } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const bodyBytes = 256 * 1024;

/** What no store can make smaller. */
function incompressible(seed: number): Uint8Array {
  const parts: Buffer[] = [];
  for (let index = 0; index * 32 < bodyBytes; index += 1) {
    parts.push(createHash("sha256").update(`${seed}:${index}`).digest());
  }
  return Buffer.concat(parts);
}

export function storeSizeContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("the size of the stores", () => {
    it(
      "grows by what is recorded",
      withStores(async (stores) => {
        const before = await stores.size();
        assert.ok(before.bytes > 0);
        for (let sequence = 0; sequence < 8; sequence += 1) {
          const bodies = { request: incompressible(sequence), response: incompressible(-sequence - 1) };
          await stores.ledger.append({ ...sampleEntry(sequence), bodies });
        }
        const after = await stores.size();
        assert.ok(after.recordingBytes - before.recordingBytes > 8 * bodyBytes, JSON.stringify([before, after]));
        assert.ok(after.bytes - before.bytes > 8 * bodyBytes);
        assert.ok(after.bytes >= after.recordingBytes);
      }),
    );
  });
}
