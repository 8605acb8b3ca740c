import { expect, test, vi } from "vitest";
import { openExchange } from "../testing/open-exchange.js";
import { openGateway } from "../testing/open-gateway.js";

const tries = vi.hoisted(() => ({ made: 0 }));

vi.mock("./mcp-endpoint.js", async (importOriginal) => {
  tries.made += 1;
  if (tries.made === 1) throw new Error("too many open files");
  return importOriginal();
});

test("an endpoint that could not be loaded is loaded by the next who asks", async () => {
  const { app } = await openGateway();
  const ask = async () => {
    const request = new Request("http://gateway/mcp", { method: "POST", body: "{}" });
    return (await app.fetch(request, openExchange("POST", "/mcp"))).status;
  };
  expect([await ask(), await ask(), await ask()]).toEqual([500, 401, 401]);
  expect(tries.made).toBe(2);
});
