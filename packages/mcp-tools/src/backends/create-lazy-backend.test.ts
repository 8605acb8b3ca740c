import { describe, expect, it, vi } from "vitest";
import { ScriptedBackend } from "../testing/scripted-backend.js";
import { createLazyBackend } from "./create-lazy-backend.js";

const signal = new AbortController().signal;

describe("the lazy backend", () => {
  it("opens at the first call, once", async () => {
    const open = vi.fn(async () => new ScriptedBackend());
    const backend = createLazyBackend(open);
    expect(open).not.toHaveBeenCalled();
    await Promise.all([backend.listModels(signal), backend.quota(signal)]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it("tries again after it could not be opened", async () => {
    const open = vi.fn(async () => new ScriptedBackend()).mockRejectedValueOnce(new Error("no"));
    const backend = createLazyBackend(open);
    await expect(backend.listModels(signal)).rejects.toThrow("no");
    expect(await backend.listModels(signal)).toHaveLength(2);
  });
});
