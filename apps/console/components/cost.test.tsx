import { expect, it } from "vitest";
import { renderInConsole } from "../testing/render-in-console";
import { Cost } from "./cost";

it.each([
  ["en", 115_800_000, 0, "0.1158 cr"],
  ["en", 0, 1, "1 premium"],
  ["en", null, 0.33, "0.33 premium"],
  ["en", 2_000_000_000, 3, "3 premium2 cr"],
  ["en", 0, 0, "0"],
  ["en", null, 0, "–"],
  ["zh-CN", 2_000_000_000, 3, "3 次高级请求2 积分"],
] as const)("in %s, %s nano credits and %s premium requests cost “%s”", (locale, nanoAiu, premiumUnits, text) => {
  const { container } = renderInConsole(<Cost nanoAiu={nanoAiu} premiumUnits={premiumUnits} />, { locale });
  expect(container.textContent).toBe(text);
});
