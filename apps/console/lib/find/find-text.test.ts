import { expect, it } from "vitest";
import { findText } from "./find-text";

it("finds a text in any case, in order, in folded parts too", () => {
  const root = document.createElement("div");
  root.innerHTML = "<p>A Hippo and a hippo.</p><details><summary>More</summary><p>hipPOpotamus</p></details>";
  const found = findText(root, "hippo");
  expect(found.map((range) => range.toString())).toEqual(["Hippo", "hippo", "hipPO"]);
  expect(findText(root, "")).toEqual([]);
  expect(findText(root, "nowhere")).toEqual([]);
});

it("finds across what is emphasised or coloured, not across paragraphs", () => {
  const root = document.createElement("div");
  root.innerHTML = "<p>A <b>large</b> hippo</p><p>sleeps</p><pre><span>let</span> a = <span>1</span>;</pre>";
  expect(findText(root, "large hippo").map((range) => range.toString())).toEqual(["large hippo"]);
  expect(findText(root, "let a = 1;")).toHaveLength(1);
  expect(findText(root, "hipposleeps")).toEqual([]);
});

it("passes over what it is told to", () => {
  const root = document.createElement("div");
  root.innerHTML = "<h4 data-label>hippo</h4><p>hippo</p>";
  const [range, ...others] = findText(root, "hippo", "[data-label]");
  expect(range?.startContainer.parentElement?.tagName).toBe("P");
  expect(others).toEqual([]);
});

it("keeps its place behind letters that become two in lower case", () => {
  const root = document.createElement("div");
  root.innerHTML = "<p>\u0130\u0130 a HIPPO</p>";
  expect(findText(root, "hippo").map((range) => range.toString())).toEqual(["HIPPO"]);
});
