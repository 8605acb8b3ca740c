import type { ErrorCode } from "@copilot-llm/model";
import type { RouteConfig, z } from "@hono/zod-openapi";
import type { Access } from "../../auth/guards.js";

/** A route of the API as it is declared, validated and documented: who may call it is part of it. */
export type Operation = Omit<RouteConfig, "middleware" | "security" | "tags"> & {
  readonly "x-access": Access;
  /** What generated clients call it: a verb and a noun, used once. */
  readonly operationId: string;
  readonly summary: string;
  /** What it does, and what a caller has to know: whole sentences. */
  readonly description: string;
  /** How it may fail, besides what follows from its access, its parameters and its body. */
  readonly "x-errors"?: readonly ErrorCode[];
  /** Whether it answers as a model request does, a refusal included. */
  readonly "x-passes-on"?: boolean;
};

export function operation<const Declared extends Operation>(declared: Declared): Declared {
  return declared;
}

/** A JSON body or answer of this schema, and one that fits it. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string, example: z.input<Schema>) {
  return { description, content: { "application/json": { schema, example } } };
}

/** A JSON body that must be there, and one that will do. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema, description: string, example: z.input<Schema>) {
  return { body: { ...json(schema, description, example), required: true } };
}
