import { expect, test } from "vitest";
import { sessionCookie } from "./read-session-cookie.js";

const tokenIn = (cookie: string | undefined) =>
  sessionCookie({ method: "GET", path: "/", header: () => cookie })?.reveal() ?? null;

test.each([
  ["copilot_llm_session=abc_1", "abc_1"],
  ["theme=dark; copilot_llm_session=abc; copilot_llm_device=x", "abc"],
  ['copilot_llm_session="abc"', "abc"],
  ["a=copilot_llm_session=no; copilot_llm_session = abc ", "abc"],
  ["copilot_llm_session=first; copilot_llm_session=second", "first"],
  ["copilot_llm_session=", null],
  ["my_copilot_llm_session=abc", null],
  ["copilot_llm_sessions=abc", null],
  ["theme=copilot_llm_session", null],
  [undefined, null],
])("of the cookies %j the session is %j", (cookie, token) => {
  expect(tokenIn(cookie)).toBe(token);
});
