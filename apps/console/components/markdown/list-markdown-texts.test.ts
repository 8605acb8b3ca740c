import { expect, it } from "vitest";
import { listMarkdownTexts } from "./list-markdown-texts";

it("reads the words as they stand on the page: without marks, paragraph by paragraph", () => {
  const text =
    "A **bold** word, `code` and [a link](https://example.com/far).\n\n- one\n- two *three*\n\n```js\nlet a = 1;\n```";
  expect(listMarkdownTexts(text)).toEqual(["A bold word, code and a link.", "one", "two three", "let a = 1;\n"]);
});

it("takes HTML for the text that it stays, and an image for its name", () => {
  expect(listMarkdownTexts("<b>loud</b> ![a hippo](https://example.com/h.png)").join("")).toBe("<b>loud</b> a hippo");
});
