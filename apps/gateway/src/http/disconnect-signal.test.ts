import { expect, test } from "vitest";
import { openExchange } from "../testing/open-exchange.js";
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

test("is aborted by a client that hangs up, also by one that did so before", () => {
  const { outgoing, leave } = openExchange("POST", "/v1/chat/completions");
  const early = DisconnectSignal.of(outgoing);
  expect(early.aborted).toBe(false);
  leave();
  expect([early.aborted, DisconnectSignal.of(outgoing).aborted]).toEqual([true, true]);
});
