import { describe, expect, test } from "vitest";
import { corsHeaders, preflightHeaders } from "./cors.js";

describe("corsHeaders", () => {
  test("never allow credentials", () => {
    for (const allowed of ["*", ["https://a.example"]] as const) {
      const headers = corsHeaders(allowed, "https://a.example");
      expect(headers["access-control-allow-origin"]).toBeDefined();
      expect(headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });

  test("name no other origin than an allowed one, and tell caches that the origin matters", () => {
    for (const origin of ["https://b.example", "null", undefined]) {
      expect(corsHeaders(["https://a.example"], origin)).toEqual({ vary: "origin" });
    }
    expect(corsHeaders(["https://a.example"], "https://a.example")).toMatchObject({ vary: "origin" });
    expect(corsHeaders([], "https://a.example")).toEqual({});
    expect(corsHeaders("*", undefined)).toEqual({});
  });

  test("a preflight of an origin that is not allowed gets no permission", () => {
    expect(preflightHeaders(corsHeaders([], "https://a.example"), "authorization")).toEqual({});
  });
});
