import { describe, expect, it } from "vitest";
import { projectQuota } from "./project-quota";

const resetMs = Date.parse("2026-12-01T00:00:00Z");

describe("projectQuota", () => {
  it("goes on at the pace so far", () => {
    const { elapsed, projected, lost } = projectQuota(100, 300, resetMs, Date.parse("2026-11-16T00:00:00Z"));
    expect(elapsed).toBe(0.5);
    expect(projected).toBe(200);
    expect(lost).toBe(100);
  });

  it("loses nothing of what will be used up", () => {
    expect(projectQuota(290, 300, resetMs, Date.parse("2026-11-10T00:00:00Z"))).toMatchObject({
      projected: 300,
      lost: 0,
    });
  });

  it("tells nothing on the first day", () => {
    expect(projectQuota(5, 300, resetMs, Date.parse("2026-11-02T00:00:00Z"))).toMatchObject({
      projected: null,
      lost: null,
    });
  });
});
