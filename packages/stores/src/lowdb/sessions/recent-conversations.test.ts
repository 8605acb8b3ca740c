import { expect, it } from "vitest";
import { RecentConversations } from "./recent-conversations.js";

it("keeps the latest conversations of an opening, and the latest openings", () => {
  const recent = new RecentConversations();
  for (let turn = 0; turn < 100; turn += 1) recent.add(`key:opening:${String(turn).padStart(3, "0")}`, `req_${turn}`);
  recent.add("key:opening:000", "req_again");
  const tips = recent.withOpening("key:opening", 100);
  expect(tips).toHaveLength(32);
  expect(tips[0]).toEqual({ conversationId: "key:opening:099", requestId: "req_99" });
  expect(tips.at(-1)).toEqual({ conversationId: "key:opening:000", requestId: "req_again" });
  for (let turn = 0; turn < 30_000; turn += 1) {
    recent.add(`key:other${turn}:1`, "req");
    if (turn % 1_000 === 0) recent.add("key:opening:000", "req_again");
  }
  expect(recent.withOpening("key:opening", 1)).toHaveLength(1);
  expect(recent.withOpening("key:other0", 1)).toEqual([]);
  expect(recent.withOpening("key:other9999", 1)).toEqual([]);
  expect(recent.withOpening("key:other10100", 1)).toHaveLength(1);
});
