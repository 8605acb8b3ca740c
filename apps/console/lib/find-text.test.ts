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
