import { expect, test } from "vitest";
import { type ApiDocument, listOperations } from "../testing/api-document.js";
import { openGateway } from "../testing/open-gateway.js";

test("the API document is OpenAPI 3.1, open to all, and whole in itself", async () => {
  const { url } = await openGateway();
  const response = await fetch(`${url}/openapi.json`);
  expect(response.status).toBe(200);
  const text = await response.text();
  const document = JSON.parse(text) as ApiDocument;
  expect(document).toMatchObject({ openapi: "3.1.0", info: { version: "1.2.3" } });

  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(references));
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const schemes = new Set(Object.keys(document.components.securitySchemes));
  for (const { security = [], tags = [], responses } of operations) {
    for (const scheme of security.flatMap((one) => Object.keys(one))) expect(schemes).toContain(scheme);
    expect(tags).toHaveLength(1);
    expect(Object.keys(responses).length).toBeGreaterThan(0);
  }
});

test("every operation has an id of its own, a summary, a description and answers in whole sentences", async () => {
  const { url } = await openGateway();
  const operations = listOperations((await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument);
  const isPhrase = (text = "") => /^[A-Z].*[^.\s]$/.test(text);
  const isSentence = (text = "") => /^[A-Z].*\.$/s.test(text);
  const wanting = operations.filter(
    ({ operationId = "", summary, description, responses }) =>
      !/^[a-z][a-zA-Z]+$/.test(operationId) ||
      !isPhrase(summary) ||
      !isSentence(description) ||
      !Object.values(responses).every((response) => isSentence(response.description)),
  );
  expect(wanting.map(({ name }) => name)).toEqual([]);
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.length).toBeGreaterThan(60);
});

test("the schemas that validate are the ones that are shown", async () => {
  const { url } = await openGateway();
  const { paths, components } = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
  expect(components.schemas.CreateApiKey?.required).toEqual(["alias"]);
  expect(Object.keys(components.schemas.CreateApiKey?.properties ?? {})).toEqual(
    expect.arrayContaining(["max_requests", "max_premium_requests", "max_credits", "limit_period", "rpm", "tpm"]),
  );
  expect(components.schemas.CreateApiKey?.properties).toMatchObject({
    rpm: { description: "Requests in a minute; null for no limit." },
  });
  expect(paths["/openai/v1/chat/completions"]?.post).toMatchObject({
    security: [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }],
    responses: { 200: { content: { "application/json": {}, "text/event-stream": {} } } },
  });
  expect(paths["/api/admin/github-tokens/{id}"]?.patch?.tags).toEqual(["Admin: github-tokens"]);
});
