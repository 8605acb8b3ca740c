import { expect, test } from "vitest";
import { decodeMessages } from "./decode-messages.js";

test("who speaks is said before the words, but not of the assistant or a tool", () => {
  const warnings: string[] = [];
  const image = { type: "image_url", image_url: { url: "https://e.x/a" } };
  const decoded = decodeMessages(
    [
      { role: "system", name: "example_user", content: "2 + 2?" },
      { role: "user", name: "alice", content: "Hi." },
      { role: "assistant", name: "robot", content: "Hello." },
      { role: "user", name: "bob", content: [image, { type: "text", text: "See?" }] },
      { role: "user", name: "", content: "Plain." },
      { role: "user", name: "carol", content: "" },
    ],
    warnings,
  );
  const texts = decoded.map(({ content }) => content.map((part) => ("text" in part ? part.text : part.type)));
  expect(texts).toEqual([["example_user: 2 + 2?"], ["alice: Hi."], ["Hello."], ["bob:", "image", "See?"], ["Plain."]]);
  expect(warnings).toEqual([expect.stringContaining("messages.2.name")]);
});
