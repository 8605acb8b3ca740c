import { describe, expect, it } from "vitest";
import { createAnswer } from "#lib/chat/answer";
import {
  addNode,
  type ConversationTree,
  chooseVersion,
  emptyTree,
  type PlayNode,
  pathOf,
  removeFrom,
  turnsOf,
  versionsOf,
} from "./conversation-tree";

const user = (id: string, parentId: string | null, text = id): PlayNode => ({
  id,
  parentId,
  kind: "user",
  parts: [{ kind: "text", text }],
});

function answer(id: string, parentId: string, change: Partial<ReturnType<typeof createAnswer>> = {}): PlayNode {
  const exchange = {
    status: 200,
    requestId: null,
    retryAfter: null,
    answer: { ...createAnswer(), text: id, finish: "stop", native: [{ type: "text", text: id }], ...change },
    firstTokenMs: 1,
    durationMs: 2,
    isStopped: false,
    events: [],
  };
  return { id, parentId, kind: "answer", answer: { model: "m", protocol: "messages", body: {}, exchange } };
}

const ids = (tree: ConversationTree) => pathOf(tree).map(({ id }) => id);

describe("a conversation's tree", () => {
  it("keeps every version of a message and of an answer, and goes back to each", () => {
    let tree = [user("u1", null), answer("a1", "u1"), answer("a2", "u1"), user("u2", "a2")].reduce(addNode, emptyTree);
    expect(ids(tree)).toEqual(["u1", "a2", "u2"]);
    const [first] = versionsOf(tree, "u1");
    tree = chooseVersion(tree, first ?? expect.fail());
    expect(ids(tree)).toEqual(["u1", "a1"]);
    tree = addNode(tree, user("u1b", null));
    expect(ids(tree)).toEqual(["u1b"]);
    expect(versionsOf(tree, null).map(({ id }) => id)).toEqual(["u1", "u1b"]);
  });

  it("deletes a step with all that came after it", () => {
    const tree = [user("u1", null), answer("a1", "u1"), user("u2", "a1")].reduce(addNode, emptyTree);
    expect(ids(removeFrom(tree, "a1"))).toEqual(["u1"]);
    expect(removeFrom(tree, "a1").nodes).toHaveLength(1);
  });
});

describe("turnsOf", () => {
  it("sends a whole answer back as it came", () => {
    const tree = [user("u1", null), answer("a1", "u1")].reduce(addNode, emptyTree);
    expect(turnsOf(pathOf(tree))[1]).toMatchObject({
      role: "assistant",
      text: "a1",
      native: { protocol: "messages", content: [{ type: "text", text: "a1" }] },
    });
  });

  it("leaves out what failed, and sends the words of what was cut off", () => {
    const error = { code: "x", message: "x" };
    const failed = [user("u1", null), answer("a1", "u1", { text: "", error })].reduce(addNode, emptyTree);
    expect(turnsOf(pathOf(failed))).toHaveLength(1);
    const cut = [user("u1", null), answer("a1", "u1", { error })].reduce(addNode, emptyTree);
    expect(turnsOf(pathOf(cut))[1]).toMatchObject({ text: "a1", native: null });
  });
});
