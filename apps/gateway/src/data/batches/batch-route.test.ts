import { expect, test } from "vitest";
import { openServingGateway } from "../../testing/serving.js";

test.each([
  ["/openai/v1/batches", {}],
  ["/v1/files", { purpose: "batch" }],
  ["/anthropic/v1/messages/batches", []],
])("%s says that batches are off before it says what is wrong with a body", async (path, body) => {
  const { send } = await openServingGateway();
  const answer = await send(path, body);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Batches are turned off here")]);
});

test("what batches made before they were turned off can be read still", async () => {
  const { url, send } = await openServingGateway();
  expect((await send("/openai/v1/batches/batch_x/cancel", {})).status).toBe(404);
  expect((await fetch(`${url}/v1/files`, { headers: { authorization: "Bearer legacy key" } })).status).not.toBe(403);
});
