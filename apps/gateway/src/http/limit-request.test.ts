import { expect, test } from "vitest";
import { openGateway } from "../testing/open-gateway.js";

test("addresses and headers beyond what clients send are refused, in the API's own shape", async () => {
  const { url } = await openGateway();
  const long = await fetch(`${url}/v1/models?${"x".repeat(9_000)}`);
  expect([long.status, await long.json()]).toMatchObject([413, { error: { code: "request_too_large" } }]);
  const parameters = await fetch(`${url}/api/sessions?${"a=1&".repeat(101)}`);
  expect([parameters.status, await parameters.json()]).toMatchObject([413, { error: { code: "request_too_large" } }]);
  const headers = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, "1"]));
  const crowded = await fetch(`${url}/anthropic/v1/models`, { headers });
  expect([crowded.status, await crowded.json()]).toMatchObject([413, { error: { type: "request_too_large" } }]);
});
