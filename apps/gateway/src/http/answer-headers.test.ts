import { expect, test } from "vitest";
import { CidrList } from "../env/cidr-list.js";
import { openGateway } from "../testing/open-gateway.js";
import { chatBody, openServingGateway } from "../testing/serving.js";

const always = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

test("every kind of answer carries the browser's limits", async () => {
  const gateway = await openServingGateway();
  const answers = [
    await gateway.send("/openai/v1/chat/completions", chatBody("hello")),
    await gateway.send("/openai/v1/chat/completions", chatBody("hello", { stream: true })),
    await gateway.send("/anthropic/v1/messages", {}),
    await gateway.send("/mcp", {}),
    await fetch(`${gateway.url}/nothing`),
    await fetch(`${gateway.url}/health`),
    await fetch(`${gateway.url}/openapi.json`),
  ];
  for (const { headers } of answers) expect(Object.fromEntries(headers)).toMatchObject(always);
  for (const path of ["/api/admin/backup", "/api/sessions/export"]) {
    expect(Object.fromEntries((await gateway.admin("GET", path)).headers), path).toMatchObject(always);
  }
});

test("HSTS is said where a trusted proxy was reached by TLS, and nowhere else", async () => {
  const [direct, proxied] = [await openGateway(), await openGateway({ trustProxy: new CidrList(["127.0.0.1"]) })];
  const hsts = async (url: string, proto: string) =>
    (await fetch(`${url}/health`, { headers: { "x-forwarded-proto": proto } })).headers.get(
      "strict-transport-security",
    );
  expect(await hsts(proxied.url, "https")).toBe("max-age=31536000");
  expect(await hsts(proxied.url, "http")).toBeNull();
  expect(await hsts(direct.url, "https")).toBeNull();
});
