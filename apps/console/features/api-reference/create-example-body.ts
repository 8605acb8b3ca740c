import { sample } from "openapi-sampler";
import type { JsonSchema, OpenapiDocument, Operation } from "./openapi-document";

const hello = [{ role: "user", content: "Hello" }];

/** Bodies that get an answer as they are, for the routes that are asked most. */
const realBodies: readonly (readonly [string, unknown])[] = [
  ["/v1/chat/completions", { model: "gpt-5-mini", messages: hello }],
  ["/v1/responses", { model: "gpt-5-mini", input: "Hello" }],
  ["/v1/embeddings", { model: "text-embedding-3-small", input: "Hello" }],
  ["/v1/messages", { model: "claude-sonnet-4.6", max_tokens: 1024, messages: hello }],
  ["/v1/messages/count_tokens", { model: "claude-sonnet-4.6", messages: hello }],
];

/** A request's body as JSON text, with what it must have; null when it takes none. */
export function createExampleBody(document: OpenapiDocument, { path, body }: Operation): string | null {
  const real = realBodies.find(([ending]) => path.endsWith(ending));
  if (body !== null && real !== undefined) return JSON.stringify(real[1], null, 2);
  return sampleText(document, body, true);
}

/** What a body looks like; null without a schema. */
export function sampleText(
  document: OpenapiDocument,
  schema: JsonSchema | null,
  skipNonRequired: boolean,
): string | null {
  if (schema === null) return null;
  try {
    const options = { quiet: true, skipNonRequired, maxSampleDepth: 8 };
    const value: unknown = sample(schema as Parameters<typeof sample>[0], options, document as object);
    return value === undefined ? null : JSON.stringify(value, withoutMadeUpNames, 2);
  } catch {
    // A schema that the sampler cannot follow has no example.
    return null;
  }
}

/** The sampler makes up two fields wherever an object may have others. */
function withoutMadeUpNames(name: string, value: unknown): unknown {
  return /^property[12]$/u.test(name) ? undefined : value;
}
