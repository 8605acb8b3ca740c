import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { expect, it, onTestFinished } from "vitest";
import { startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

const compiler = path.resolve(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
const compilerOptions = {
  strict: true,
  module: "nodenext",
  target: "es2023",
  types: [],
  exactOptionalPropertyTypes: true,
};

/** What somebody may write who has only the API document: an admin's work, and a request to a model. */
const program = `
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

export async function useGateway(baseUrl: string, session: string) {
  const admin = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${session}\` } });
  const created = await admin.POST("/api/admin/api-keys", { body: { alias: "typed", rpm: 60, limit_period: "month" } });
  if (created.error !== undefined) {
    const code: components["schemas"]["ApiError"]["error"]["code"] = created.error.error.code;
    throw new Error(code);
  }
  const key: components["schemas"]["CreatedApiKey"] = created.data;
  const stats = await admin.GET("/api/stats", { params: { query: { group_by: "key" } } });
  const client = createClient<paths>({ baseUrl, headers: { "x-api-key": key.key } });
  const chat = await client.POST("/openai/v1/chat/completions", {
    body: { model: "gpt-5-mini", messages: [{ role: "user", content: "hello" }] },
  });
  const again = await admin.POST("/api/admin/api-keys", { body: { alias: "typed" } });
  return {
    rpm: key.rpm,
    rows: stats.data?.rows.map((row) => row.requests) ?? null,
    answered: typeof chat.data === "object" ? chat.data.object : null,
    refused: again.error?.error.code,
  };
}
`;

it("a client whose types are made from the API document compiles, refuses what the API does not take, and works", async () => {
  const { gateway, admin, stop } = await startServing();
  onTestFinished(stop);
  const directory = temporaryDirectory();
  symlinkSync(path.join(import.meta.dirname, "node_modules"), path.join(directory, "node_modules"));
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ type: "module" }));
  const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as OpenAPI3;
  writeFileSync(path.join(directory, "schema.ts"), astToString(await openapiTS(document)));
  const file = path.join(directory, "client.ts");
  writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));

  for (const [right, wrong] of [
    ["rpm: 60", 'rpm: "60"'],
    ["rpm: 60", "requests_per_minute: 60"],
    ["row.requests", "row.request"],
    ['group_by: "key"', 'group_by: "keys"'],
  ] as const) {
    writeFileSync(file, program.replace(right, wrong));
    expect(await compile(directory)).toContain("client.ts");
  }
  writeFileSync(file, program);
  expect(await compile(directory)).toBe("");

  const client: unknown = await import(path.join(directory, "client.js"));
  const { useGateway } = client as { useGateway(url: string, session: string): Promise<unknown> };
  expect(await useGateway(gateway.url, admin.token)).toEqual({
    rpm: 60,
    rows: expect.any(Array),
    answered: "chat.completion",
    refused: "conflict",
  });
});

/** What the compiler says; empty when it is content. */
function compile(directory: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, "-p", directory], (error, stdout) => resolve(error === null ? "" : stdout));
  });
}
