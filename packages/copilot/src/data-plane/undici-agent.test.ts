import * as undici from "undici";
import { expect, test } from "vitest";
import { Agent, errors } from "./undici-agent.js";

test("what is imported by its file is what undici documents", () => {
  expect(Agent).toBe(undici.Agent);
  expect(errors).toBe(undici.errors);
});
