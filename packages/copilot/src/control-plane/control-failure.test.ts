import { describe, expect, it } from "vitest";
import { classifyFailure } from "../failure/classify-failure.js";
import {
  ControlTimeoutError,
  classifyControlRefusal,
  describeError,
  mapControlFailure,
  RefusedError,
  RuntimeLostError,
} from "./control-failure.js";

const nowMs = 0;
const prefix = "Request session.create failed with message: SDK session authentication failed: ";

describe("an error of the control plane", () => {
  it.each([
    [
      `${prefix}Failed to fetch Copilot user info: 401 Unauthorized: {"message":"Bad credentials"}`,
      "unauthorized",
      401,
      "Bad credentials",
    ],
    [
      `${prefix}Failed to fetch Copilot user info: 403 Forbidden: {"message":"Resource not accessible by personal access token"}`,
      "forbidden",
      403,
      "Resource not accessible by personal access token",
    ],
    [
      `${prefix}Failed to fetch Copilot user info: 404 Not Found: {"message":"Not Found"}`,
      "forbidden",
      404,
      "Not Found",
    ],
    [
      `${prefix}Failed to fetch Copilot user info: 500 Internal Server Error: <html>oops</html>`,
      "unreachable",
      500,
      "GitHub Copilot answered with status 500 and no explanation.",
    ],
    [
      "429 Too Many Requests",
      "account_rate_limited",
      429,
      "GitHub Copilot answered with status 429 and no explanation.",
    ],
    [
      "Request session.provider.getEndpoint failed with message: Session is not authenticated; provider endpoint is unavailable.",
      "unauthorized",
      401,
      "GitHub does not know this account: it is not signed in.",
    ],
    [
      `${prefix}network fetch failed: request failed: error sending request for url (http://127.0.0.1:1/copilot_internal/user)`,
      "unreachable",
      502,
      "GitHub could not be reached.",
    ],
    [
      `${prefix}response validation failed: Invalid Copilot user response: expected value at line 1 column 1`,
      "unreachable",
      502,
      "GitHub could not be reached.",
    ],
  ])("%s", (message, kind, status, words) => {
    expect(mapControlFailure(new Error(message), nowMs)).toMatchObject({ kind, error: { status, message: words } });
  });

  it("of this package keeps its meaning", () => {
    expect(mapControlFailure(new ControlTimeoutError("late"), nowMs).kind).toBe("timeout");
    expect(mapControlFailure(new RuntimeLostError("gone"), nowMs).kind).toBe("unreachable");
    const failure = classifyFailure(402, {}, "", nowMs);
    expect(mapControlFailure(new RefusedError(failure), nowMs)).toBe(failure);
    expect(mapControlFailure("thrown", nowMs).kind).toBe("unreachable");
  });
});

it("takes a plain refusal as one of the account", () => {
  expect(classifyControlRefusal(404, {}, "", nowMs).kind).toBe("forbidden");
  expect(classifyControlRefusal(429, { "retry-after": "3" }, "", nowMs)).toMatchObject({
    kind: "account_rate_limited",
    retryAfterMs: 3000,
  });
});

it("describes an error without the tokens in it", () => {
  expect(describeError(new Error("bad gho_abc123, github_pat_11A_b and ghs_x"))).toBe(
    "bad [secret], [secret] and [secret]",
  );
  expect(describeError("text")).toBe("text");
});
