import { expect, test } from "vitest";
import { DisconnectSignal } from "./disconnect-signal.js";

test("tells each listener once, and none that was removed or came too late", () => {
  const signal = new DisconnectSignal();
  const told: string[] = [];
  const removed = (): void => void told.push("removed");
  signal.addEventListener("abort", () => told.push("first"));
  signal.addEventListener("abort", removed);
  signal.removeEventListener("abort", removed);
  expect(signal.aborted).toBe(false);
  signal.abort();
  signal.abort();
  signal.addEventListener("abort", () => told.push("late"));
  expect(told).toEqual(["first"]);
  expect(signal.aborted).toBe(true);
});
