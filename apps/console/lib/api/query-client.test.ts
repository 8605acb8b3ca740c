import { MutationObserver, onlineManager } from "@tanstack/react-query";
import { afterEach, expect, it } from "vitest";
import { createQueryClient } from "./query-client";

afterEach(() => onlineManager.setOnline(true));

it("fails a change at once without a network, and does not make it later", async () => {
  onlineManager.setOnline(false);
  let tries = 0;
  const change = new MutationObserver(createQueryClient(), {
    mutationFn: async () => {
      tries += 1;
      throw new Error("unreachable");
    },
  });
  await expect(change.mutate()).rejects.toThrow("unreachable");
  onlineManager.setOnline(true);
  expect(tries).toBe(1);
});
