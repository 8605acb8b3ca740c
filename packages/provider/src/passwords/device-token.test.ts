import { randomBytes } from "node:crypto";
import { Secret, type User } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { createDeviceToken, deviceOf } from "./device-token.js";

const ada: User = {
  id: "usr_1",
  username: "ada",
  passwordHash: "scrypt$1",
  role: "admin",
  createdAtMs: 0,
  lastSignInAtMs: null,
  externalId: null,
};
const randomness = { next: () => 0, bytes: (count: number) => randomBytes(count) };

test("a device is known to the user it was given for, until the password changes", () => {
  const token = createDeviceToken(ada, randomness);
  expect(deviceOf(token, ada)).toMatch(/^[A-Za-z0-9]{16}$/);
  expect(deviceOf(token, { ...ada, id: "usr_2" })).toBeNull();
  expect(deviceOf(token, { ...ada, passwordHash: "scrypt$2" })).toBeNull();
  expect(deviceOf(createDeviceToken(ada, randomness), ada)).not.toBe(deviceOf(token, ada));
});

test("what was made up or changed is no device", () => {
  const value = createDeviceToken(ada, randomness).reveal();
  const changed = value.startsWith("A") ? `B${value.slice(1)}` : `A${value.slice(1)}`;
  for (const text of ["", "x", changed, value.slice(1), `${value}x`, `${value.slice(0, 17)}${"A".repeat(43)}`]) {
    expect(deviceOf(new Secret(text), ada)).toBeNull();
  }
});
