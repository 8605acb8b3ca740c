import { type ErrorCode, GatewayError } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { type FailedTry, judgeTry, maxTries, retryDelayMs } from "./item-verdict.js";

function judge(code: ErrorCode, changes: Partial<FailedTry> = {}) {
  const error = new GatewayError(code, "failed");
  return judgeTry({ error, attempts: 0, tries: 0, isChecking: false, isStopping: false, ...changes });
}

describe("a failed request of an item", () => {
  it.each<[ErrorCode, number, string]>([
    ["invalid_request", 0, "final"],
    ["permission_denied", 0, "final"],
    ["model_not_found", 0, "final"],
    ["budget_exhausted", 0, "final"],
    ["upstream_rejected", 1, "final"],
    ["no_token_available", 0, "waits"],
    ["quota_exceeded", 0, "waits"],
    ["limit_exceeded", 0, "waits"],
    ["unavailable", 0, "waits"],
    ["no_token_available", 1, "failed"],
    ["quota_exceeded", 2, "failed"],
    ["upstream_error", 1, "failed"],
    ["upstream_timeout", 1, "failed"],
    ["upstream_rate_limited", 1, "failed"],
    ["internal", 0, "failed"],
    ["client_closed", 1, "waits"],
  ])("with %s after %i tokens: %s", (code, attempts, verdict) => {
    expect(judge(code, { attempts })).toBe(verdict);
  });

  it("is the last once there were so many", () => {
    expect(judge("upstream_error", { attempts: 1, tries: maxTries - 2 })).toBe("failed");
    expect(judge("upstream_error", { attempts: 1, tries: maxTries - 1 })).toBe("final");
    expect(judge("no_token_available", { tries: maxTries - 1 })).toBe("waits");
  });

  it("says nothing of the item while models are not known yet, or the gateway stops", () => {
    expect(judge("model_not_found", { isChecking: true })).toBe("waits");
    expect(judge("upstream_error", { attempts: 1, isStopping: true })).toBe("waits");
  });

  it("is made again after 30 s at most at first, then ever later, and not before the service asks for it", () => {
    const error = new GatewayError("upstream_error", "failed");
    const delays = [0, 1, 2, 20].map((tries) => retryDelayMs(error, tries, { next: () => 1 }));
    expect(delays).toEqual([30_000, 60_000, 120_000, 3_600_000]);
    expect(retryDelayMs(error, 0, { next: () => 0 })).toBe(15_000);
    const asked = new GatewayError("upstream_rate_limited", "slower", { retryAfterMs: 90_000 });
    expect(retryDelayMs(asked, 0, { next: () => 1 })).toBe(90_000);
  });
});
