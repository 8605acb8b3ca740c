/** What the console reads of an OpenAPI 3.1 document; all else is left alone. */
export interface OpenapiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  components?: {
    schemas?: Readonly<Record<string, JsonSchema>>;
    parameters?: Readonly<Record<string, OpenapiParameter>>;
  };
}

export interface JsonSchema {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  additionalProperties?: JsonSchema | boolean;
}

export interface OpenapiParameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: JsonSchema;
}

export interface OpenapiResponse {
  status: string;
  description: string;
  /** Of its JSON body; null when it has none. */
  schema: JsonSchema | null;
  /** The body's media types. */
  types: readonly string[];
}

/** Who may call a route. */
export const accesses = ["public", "key", "user", "admin"] as const;
export type Access = (typeof accesses)[number];

/** One route, as the page shows it. */
export interface Operation {
  /** Its anchor: `post-/v1/messages`. */
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  access: Access;
  parameters: readonly OpenapiParameter[];
  body: JsonSchema | null;
  responses: readonly OpenapiResponse[];
}

interface Body {
  content?: Readonly<Record<string, { schema?: JsonSchema }>>;
}

interface RawOperation {
  tags?: readonly string[];
  summary?: string;
  description?: string;
  operationId?: string;
  "x-access"?: string;
  parameters?: readonly OpenapiParameter[];
  requestBody?: Body;
  responses?: Readonly<Record<string, Body & { description?: string }>>;
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** The document's routes in its own order. */
export function listOperations(document: OpenapiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const raw = item[method] as RawOperation | undefined;
      return raw === undefined ? [] : [createOperation(document, method, path, raw)];
    }),
  );
}

function createOperation(document: OpenapiDocument, method: string, path: string, raw: RawOperation): Operation {
  return {
    id: `${method}-${path}`,
    method,
    path,
    tag: raw.tags?.[0] ?? "",
    summary: raw.summary ?? raw.operationId ?? path,
    description: raw.description ?? "",
    access: accesses.find((known) => known === raw["x-access"]) ?? "public",
    parameters: (raw.parameters ?? []).flatMap((parameter) => {
      const found = parameter.$ref === undefined ? parameter : parameterOf(document, parameter.$ref);
      return found === undefined ? [] : [found];
    }),
    body: schemaOf(raw.requestBody),
    responses: Object.entries(raw.responses ?? {}).map(([status, response]) => ({
      status,
      description: response.description ?? "",
      schema: schemaOf(response),
      types: Object.keys(response.content ?? {}),
    })),
  };
}

function schemaOf(body: Body | undefined): JsonSchema | null {
  return body?.content?.["application/json"]?.schema ?? null;
}

function parameterOf(document: OpenapiDocument, ref: string): OpenapiParameter | undefined {
  return document.components?.parameters?.[nameOfRef(ref)];
}

function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

/** The schema that a reference leads to, and the name it has. */
export function resolveSchema(
  document: OpenapiDocument,
  schema: JsonSchema,
): { schema: JsonSchema; name: string | null } {
  if (schema.$ref === undefined) return { schema, name: null };
  const name = nameOfRef(schema.$ref);
  const found = document.components?.schemas?.[name];
  if (found === undefined) return { schema: {}, name };
  const { $ref: _ref, ...own } = schema;
  return { schema: { ...found, ...own }, name };
}

/** A schema's type in a few words: `string | null`, `Model[]`. */
export function describeType(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(describeType))].join(" | ");
  if (schema.allOf !== undefined) return schema.allOf.map(describeType).join(" & ");
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["any"]);
  return types
    .map((type) => {
      if (type === "array") return `${schema.items === undefined ? "any" : wrap(describeType(schema.items))}[]`;
      return type === "string" && schema.format !== undefined ? `${type} (${schema.format})` : type;
    })
    .join(" | ");
}

function wrap(type: string): string {
  return type.includes(" ") ? `(${type})` : type;
}

/** What a value must keep to besides its type. */
export function describeBounds(schema: JsonSchema): readonly string[] {
  const bounds: string[] = [];
  const add = (name: string, value: unknown) => {
    if (value !== undefined) bounds.push(`${name} ${String(value)}`);
  };
  add("≥", schema.minimum);
  add(">", schema.exclusiveMinimum);
  add("≤", schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum);
  add("length ≥", schema.minLength);
  add("length ≤", schema.maxLength);
  add("items ≥", schema.minItems);
  add("items ≤", schema.maxItems);
  add("default", schema.default === undefined ? undefined : JSON.stringify(schema.default));
  return bounds;
}

export interface SchemaField {
  name: string;
  schema: JsonSchema;
  isRequired: boolean;
}

/** The fields of an object, of a list's items, or of each choice that is an object; empty where there are none. */
export function fieldsOf(document: OpenapiDocument, schema: JsonSchema): readonly SchemaField[] {
  const { schema: own } = resolveSchema(document, schema);
  if (own.items !== undefined) return fieldsOf(document, own.items);
  const parts = own.allOf ?? own.anyOf ?? own.oneOf;
  if (parts !== undefined) {
    const fields = new Map<string, SchemaField>();
    for (const part of parts) {
      for (const field of fieldsOf(document, part)) if (!fields.has(field.name)) fields.set(field.name, field);
    }
    return [...fields.values()];
  }
  const fields = Object.entries(own.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    isRequired: own.required?.includes(name) === true,
  }));
  const { additionalProperties: rest } = own;
  const isMap = fields.length === 0 && typeof rest === "object" && Object.keys(rest).length > 0;
  return isMap ? [{ name: "*", schema: rest, isRequired: false }] : fields;
}
