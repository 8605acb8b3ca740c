import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

interface MediaType {
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Body {
  readonly description?: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly tags?: readonly string[];
  readonly "x-access"?: string;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

/** The parts of the API document that tests read. */
export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties?: object; readonly required?: readonly string[] }>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** One place in the document that holds a body: with its name, its schema and its examples. */
export interface DocumentedBody {
  readonly name: string;
  readonly mediaType: string;
  readonly schema: unknown;
  readonly examples: readonly unknown[];
}

export function listOperations(document: ApiDocument) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, ...operation })),
  );
}

/** Every body that an operation takes or answers with. */
export function listBodies(document: ApiDocument): DocumentedBody[] {
  return listOperations(document).flatMap(({ name, requestBody, responses }) => [
    ...bodiesOf(`${name}: request`, requestBody),
    ...Object.entries(responses).flatMap(([status, response]) => bodiesOf(`${name}: ${status}`, response)),
  ]);
}

function bodiesOf(name: string, body: Body | undefined): DocumentedBody[] {
  return Object.entries(body?.content ?? {}).map(([mediaType, { schema, example, examples = {} }]) => ({
    name,
    mediaType,
    schema,
    examples: [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)],
  }));
}

/** Compiles a schema of the document, in which references are found. */
export function createSchemaCompiler(document: ApiDocument): (schema: unknown) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: "document", ...document });
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')));
}
