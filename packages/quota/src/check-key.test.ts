import { describe, expect, it } from "vitest";
import { keyOf } from "../testing/fixtures.js";
import { checkKey } from "./check-key.js";

const expiresAtMs = Date.UTC(2026, 5, 1);

describe("a key", () => {
  it("passes while it is enabled and its time is not over", () => {
    expect(() => checkKey(keyOf(), "", expiresAtMs)).not.toThrow();
    expect(() => checkKey(keyOf({ expiresAtMs }), "", expiresAtMs - 1)).not.toThrow();
  });

  it("that is disabled is refused", () => {
    const refused = expect.objectContaining({ code: "unauthenticated", message: "This API key is disabled." });
    expect(() => checkKey(keyOf({ enabled: false }), "", 0)).toThrow(refused);
  });

  it("is refused from the moment it expires, and told when that was", () => {
    const message = "This API key expired at 2026-06-01T00:00:00.000Z.";
    const refused = expect.objectContaining({ code: "unauthenticated", message });
    expect(() => checkKey(keyOf({ expiresAtMs }), "", expiresAtMs)).toThrow(refused);
  });

  it("passes by the value that it had before until that is over, and is then told that it was replaced", () => {
    const key = keyOf({ keyHash: "new", replaced: { keyHash: "old", untilMs: expiresAtMs } });
    expect(() => checkKey(key, "old", expiresAtMs - 1)).not.toThrow();
    expect(() => checkKey(key, "new", expiresAtMs)).not.toThrow();
    const message = "This API key was replaced, and its earlier value worked until 2026-06-01T00:00:00.000Z.";
    const refused = expect.objectContaining({ code: "unauthenticated", message });
    expect(() => checkKey(key, "old", expiresAtMs)).toThrow(refused);
  });
});
