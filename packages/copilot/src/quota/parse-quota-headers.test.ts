import { describe, expect, it } from "vitest";
import { createQuotaHeaderReader, parseQuotaHeaders } from "./parse-quota-headers.js";

const nowMs = 1_780_000_000_000;
const parse = (value: string) => parseQuotaHeaders({ "x-quota-snapshot-chat": value }, nowMs)[0];

describe("x-quota-snapshot headers", () => {
  it("tell a bucket's state", () => {
    const value = "ent=300&ov=2.5&ovPerm=true&rem=95.3&rst=2026-06-01T00:00:00Z&totRem=285.9";
    expect(parseQuotaHeaders({ "x-quota-snapshot-premium_interactions": value, "content-type": "a" }, nowMs)).toEqual([
      {
        bucket: "premium_interactions",
        entitlement: 300,
        remaining: 285.9,
        unlimited: false,
        overagePermitted: true,
        overageCount: 2.5,
        hasQuota: true,
        resetAtMs: Date.parse("2026-06-01T00:00:00Z"),
        seenAtMs: nowMs,
      },
    ]);
  });

  it("may be URL-encoded, the times or the whole", () => {
    const encoded = "ent=10&ovPerm=false&rem=50.0&rst=2026-06-01T00%3A00%3A00Z";
    expect(parse(encoded)?.resetAtMs).toBe(Date.parse("2026-06-01T00:00:00Z"));
    expect(parse(encodeURIComponent(encoded))).toEqual(parse(encoded));
  });

  it("show -1 as unlimited", () => {
    expect(parse("ent=-1&ov=0.0&ovPerm=false&rem=100.0")).toMatchObject({
      entitlement: null,
      remaining: null,
      unlimited: true,
      hasQuota: true,
      resetAtMs: null,
    });
  });

  it("may go below zero", () => {
    expect(parse("ent=300&rem=-0.5&ovPerm=false")).toMatchObject({ remaining: -1.5, hasQuota: false });
    expect(parse("ent=300&rem=-0.5&ovPerm=true")).toMatchObject({ remaining: -1.5, hasQuota: true });
    expect(parse("ent=0&rem=0&ovPerm=false")).toMatchObject({ entitlement: 0, remaining: 0, hasQuota: false });
  });

  it("name the premium bucket in two ways, which are one", () => {
    const older = { "x-quota-snapshot-premium_models": "ent=300&rem=10" };
    expect(parseQuotaHeaders(older, nowMs)).toMatchObject([{ bucket: "premium_interactions", remaining: 30 }]);
    const both = { ...older, "x-quota-snapshot-premium_interactions": "ent=300&rem=20" };
    expect(parseQuotaHeaders(both, nowMs)).toMatchObject([{ bucket: "premium_interactions", remaining: 60 }]);
  });

  it("tell the account's rolling windows too, in percent", () => {
    const headers = { "x-usage-ratelimit-weekly": "ent=0&rem=12.5&rst=2026-06-05T00:00:00Z" };
    expect(parseQuotaHeaders(headers, nowMs)).toMatchObject([
      { bucket: "weekly", entitlement: 100, remaining: 12.5, resetAtMs: Date.parse("2026-06-05T00:00:00Z") },
    ]);
  });

  it.each(["", "garbage", "%zz", "ent=&rem=5", "ent=many&rem=5", "ent=300", "ent=300&rem="])(
    "are left out when they cannot be read: %j",
    (value) => {
      expect(parse(value)).toBeUndefined();
    },
  );
});

it("what a reader has seen before is told again with its new time, and what changes is read", () => {
  const read = createQuotaHeaderReader();
  const name = "x-quota-snapshot-chat";
  const first = read({ [name]: "ent=300&rem=50.0" }, nowMs);
  expect(read({ [name]: "ent=300&rem=50.0" }, nowMs + 7)).toEqual([{ ...first[0], seenAtMs: nowMs + 7 }]);
  expect(read({ [name]: "ent=300&rem=40.0" }, nowMs + 8)).toMatchObject([{ remaining: 120, seenAtMs: nowMs + 8 }]);
  expect(read({ [name]: "nonsense" }, nowMs)).toEqual([]);
  expect(read({ [name]: "nonsense" }, nowMs)).toEqual([]);
  const older = { "x-quota-snapshot-premium_models": "ent=300&rem=10.0" };
  expect(read(older, nowMs)).toHaveLength(1);
  expect(read({ ...older, "x-quota-snapshot-premium_interactions": "ent=300&rem=20.0" }, nowMs)).toMatchObject([
    { remaining: 60 },
  ]);
});
