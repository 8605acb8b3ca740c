import { expect, test } from "vitest";
import { claimedIdentity, claimedRole } from "./claimed-identity.js";

test.each([
  ["roles", { roles: "admin" }, "admin"],
  ["roles", { roles: "dev viewer" }, "viewer"],
  ["roles", { roles: ["viewer", "admin"] }, "admin"],
  ["realm_access.roles", { realm_access: { roles: ["viewer"] } }, "viewer"],
  ["https://id.example/roles", { "https://id.example/roles": ["admin"] }, "admin"],
  ["roles", { roles: ["administrator"] }, null],
  ["roles", { roles: { admin: true } }, null],
  ["roles", {}, null],
  ["constructor.name", {}, null],
] as const)("the claim %s of %o makes the role %s", (claim, claims, role) => {
  expect(claimedRole(claims, claim)).toBe(role);
});

test("a person is called as at the provider, as far as it vouches for the name", () => {
  const nameOf = (claims: object) =>
    claimedIdentity("https://id", { sub: "1", roles: "viewer", ...claims }, "roles")?.username;
  expect(nameOf({ preferred_username: "grace", email: "g@x.org", email_verified: true })).toBe("grace");
  expect(nameOf({ email: "g@x.org", email_verified: true })).toBe("g@x.org");
  expect(nameOf({ email: "ada@x.org" })).toBe("1");
  expect(nameOf({ preferred_username: "Grace Hopper <g>" })).toBe("Grace_Hopper__g_");
});

test("who has no role is nobody", () => {
  expect(claimedIdentity("https://id", { sub: "1", roles: [] }, "roles")).toBeNull();
  expect(claimedIdentity("https://id", { sub: "1", roles: "viewer" }, "roles")?.externalId).toBe("https://id#1");
});
