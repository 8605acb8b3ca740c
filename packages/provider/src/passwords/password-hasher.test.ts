import { randomBytes } from "node:crypto";
import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { PasswordHasher } from "./password-hasher.js";

const password = new Secret("pass word");

/** Derivations wait until they are let go. */
function setUp() {
  const started: string[] = [];
  const release: (() => void)[] = [];
  const hasher = new PasswordHasher({
    randomness: { next: () => 0, bytes: (count) => randomBytes(count) },
    derive: (work) => {
      started.push(work.password);
      return new Promise((resolve) => release.push(() => resolve(new Uint8Array(work.length))));
    },
  });
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  const finishAll = async () => {
    for (await tick(); release.length > 0; await tick()) release.shift()?.();
  };
  return { hasher, started, finishAll, tick };
}

test("one hash is made at a time, those who are known first", async () => {
  const { hasher, started, finishAll, tick } = setUp();
  const strangers = [1, 2].map((index) => hasher.isMatch(new Secret(`stranger ${index}`), null, "stranger"));
  await tick();
  expect(started).toEqual(["stranger 1"]);
  const known = [hasher.hash(new Secret("admin's")), hasher.isMatch(new Secret("known"), null, "known")];
  await tick();
  await finishAll();
  await Promise.all([...strangers, ...known]);
  expect(started).toEqual(["stranger 1", "admin's", "known", "stranger 2"]);
});

test("32 strangers wait and no more; those who are known are let in still", async () => {
  const { hasher, started, finishAll, tick } = setUp();
  const strangers = Array.from({ length: 64 }, () => hasher.isMatch(password, null, "stranger"));
  const outcomes = Promise.allSettled(strangers);
  await tick();
  const known = hasher.isMatch(password, null, "known");
  await finishAll();
  const refused = (await outcomes).filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(31);
  expect(refused[0]).toMatchObject({ reason: { code: "unavailable", retryAfterMs: 2_000 } });
  expect(await known).toBe(false);
  expect(started).toHaveLength(34);
});

test("no hash matches nothing and costs as much; a failed one lets the next begin", async () => {
  const works: number[] = [];
  let failing = false;
  const hasher = new PasswordHasher({
    randomness: { next: () => 0, bytes: (count) => new Uint8Array(count) },
    derive: async ({ cost, length }) => {
      if (failing) throw new Error("no memory");
      works.push(cost);
      return new Uint8Array(length);
    },
  });
  const known = await hasher.hash(password);
  expect(await hasher.isMatch(password, known, "stranger")).toBe(true);
  expect(await hasher.isMatch(password, null, "stranger")).toBe(false);
  expect(works).toEqual([32_768, 32_768, 32_768]);
  failing = true;
  await expect(hasher.isMatch(password, null, "stranger")).rejects.toThrow("no memory");
  failing = false;
  expect(await hasher.isMatch(password, known, "stranger")).toBe(true);
});
