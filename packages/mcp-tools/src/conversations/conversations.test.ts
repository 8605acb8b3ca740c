import { describe, expect, it } from "vitest";
import { countingRandomness } from "../testing/connect-client.js";
import { Conversations } from "./conversations.js";

const said = (text: string) => ({
  model: "free",
  system: null,
  turns: [{ role: "user" as const, text, images: [] }],
});

describe("conversations", () => {
  it("forget the longest unused one when there are too many", () => {
    const conversations = new Conversations(countingRandomness(), 1_000);
    for (let index = 0; index <= 100; index += 1) conversations.open(`c${index}`).save(said("hi"));
    expect(conversations.open("c0").state).toBeNull();
    expect(conversations.open("c100").state).not.toBeNull();
  });

  it("forget the longest unused ones when they are too large together", () => {
    const conversations = new Conversations(countingRandomness(), 1_000);
    const large = "x".repeat(400);
    for (const id of ["a", "b"]) conversations.open(id).save(said(large));
    conversations.open("a").save(said(large));
    conversations.open("c").save(said(large));
    expect(conversations.open("b").state).toBeNull();
    expect(conversations.open("a").state).not.toBeNull();
  });

  it("never forget one that is being answered", () => {
    const conversations = new Conversations(countingRandomness(), 1_000);
    conversations.open("busy").save(said("hi"));
    const busy = conversations.open("busy");
    for (let index = 0; index < 150; index += 1) conversations.open(`c${index}`).save(said("hi"));
    busy.save(said("bye"));
    expect(conversations.open("busy").state).toEqual(said("bye"));
  });

  it("leave no trace of a first message that failed", () => {
    const conversations = new Conversations(countingRandomness(), 1_000);
    const { id, release } = conversations.open(undefined);
    release();
    expect(() => conversations.open(id)).toThrow("There is no conversation");
  });
});
