import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { type ApiDocument, createSchemaCompiler, listBodies, listOperations } from "../testing/api-document.js";
import { openGateway } from "../testing/open-gateway.js";

async function readDocument(): Promise<ApiDocument> {
  const { url } = await openGateway();
  return (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
}

/** A file, which no example shows. */
const isBinary = (schema: unknown) => (schema as { format?: string } | undefined)?.format === "binary";

describe("the API document", () => {
  it("is valid OpenAPI 3.1 by its own schema", async () => {
    const document = await readDocument();
    const validator = new Validator();
    expect(await validator.validate({ ...document })).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    const wrong = { ...document, info: { title: "without a version" } };
    expect((await validator.validate(wrong)).valid).toBe(false);
  });

  it("shows an example of every body that an operation takes or answers with", async () => {
    const bodies = listBodies(await readDocument());
    const wanting = bodies.filter(({ schema, examples }) => examples.length === 0 && !isBinary(schema));
    expect(wanting.map(({ name, mediaType }) => `${name} ${mediaType}`)).toEqual([]);
    expect(bodies.length).toBeGreaterThan(400);
  });

  it("has no schema with a name that may be null itself", async () => {
    const { schemas } = (await readDocument()).components;
    const compile = createSchemaCompiler(await readDocument());
    const names = Object.keys(schemas);
    expect(names.filter((name) => compile({ $ref: `#/components/schemas/${name}` })(null))).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
  });

  it("shows examples that fit their schemas", async () => {
    const document = await readDocument();
    const compile = createSchemaCompiler(document);
    const misfits = listBodies(document).flatMap(({ name, schema, examples }) => {
      const validate = compile(schema ?? true);
      return examples.flatMap((example) => (validate(example) ? [] : [{ name, errors: validate.errors }]));
    });
    expect(misfits).toEqual([]);
    expect(compile({ $ref: "#/components/schemas/ApiError" })({ error: {} })).toBe(false);
  });

  it("tells of every operation how it fails: by who asks, by what is asked, and by what it does", async () => {
    const operations = listOperations(await readDocument());
    const wanting = operations.flatMap(({ name, path, responses, requestBody, "x-access": access }) => {
      const expected = [
        ...(access === "public" ? [] : ["401"]),
        ...(access === "admin" || access === "key" ? ["403"] : []),
        ...(path.includes("{") && path !== "/join/{code}" ? ["404"] : []),
        ...(requestBody === undefined ? [] : ["400", "413"]),
      ];
      const missing = expected.filter((status) => responses[status] === undefined);
      return missing.length === 0 ? [] : [{ name, missing }];
    });
    expect(wanting).toEqual([]);
    const conflicting = operations
      .filter(({ responses }) => responses[409] !== undefined)
      .map(({ operationId }) => operationId);
    expect(conflicting).toEqual(expect.arrayContaining(["setUp", "createApiKey", "createUser", "updateSettings"]));
  });
});
