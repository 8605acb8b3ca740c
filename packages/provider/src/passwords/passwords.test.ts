import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { hashPassword, isPassword } from "./passwords.js";

const randomness = { next: () => 0, bytes: (count: number) => randomBytes(count) };

test("a hash holds its own parameters and salt, and knows its password only", async () => {
  const [one, other] = await Promise.all([
    hashPassword("pass word", randomness),
    hashPassword("pass word", randomness),
  ]);
  expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w+/=]{24}\$[\w+/=]{44}$/);
  expect(one).not.toBe(other);
  expect(await isPassword("pass word", one)).toBe(true);
  expect(await isPassword("pass word ", one)).toBe(false);
  expect(await isPassword("", one)).toBe(false);
});

test("the same characters typed on another system are the same password", async () => {
  expect(await isPassword("Zoe\u0308", await hashPassword("Zo\u00eb", randomness))).toBe(true);
});

test("a hash made with other parameters is still checked by them", async () => {
  const hash = "scrypt$1024$8$1$c2FsdHNhbHRzYWx0c2FsdA==$2gV1Saq1veWCmUrAr3eg1d3SuEa+b//BbFvqkR85zk4=";
  expect(await isPassword("old password", hash)).toBe(true);
  expect(await isPassword("another", hash)).toBe(false);
});

test.each(["", "plain", "bcrypt$1$2$3$4$5", "scrypt$32768$8$1$c2FsdA==$", "scrypt$32768$8$1"])(
  "what is no hash matches nothing: %s",
  async (hash) => {
    expect(await isPassword("", hash)).toBe(false);
    expect(await isPassword("plain", hash)).toBe(false);
  },
);
