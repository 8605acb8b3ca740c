import { expect, test } from "vitest";
import { HangUp } from "./hang-up.js";

test("tells each listener once, and none that was removed or came too late", () => {
  const hangUp = new HangUp();
  const told: string[] = [];
  const removed = (): void => void told.push("removed");
  hangUp.addEventListener("abort", () => told.push("first"));
  hangUp.addEventListener("abort", removed);
  hangUp.removeEventListener("abort", removed);
  expect(hangUp.aborted).toBe(false);
  hangUp.abort();
  hangUp.abort();
  hangUp.addEventListener("abort", () => told.push("late"));
  expect(told).toEqual(["first"]);
  expect(hangUp.aborted).toBe(true);
});
