import type { RouteConfig } from "@hono/zod-openapi";
import type { Access } from "../../auth/guards.js";

/** A route of the API as it is declared, validated and documented: who may call it is part of it. */
export type Operation = Omit<RouteConfig, "middleware" | "security" | "tags"> & {
  readonly "x-access": Access;
  /** What generated clients call it: a verb and a noun, used once. */
  readonly operationId: string;
  readonly summary: string;
  /** What it does, and what a caller has to know: whole sentences. */
  readonly description: string;
};

export function operation<const Declared extends Operation>(declared: Declared): Declared {
  return declared;
}

/** A JSON body or answer of this schema. */
export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<Schema>(schema: Schema, description: string) {
  return { body: { ...json(schema, description), required: true } };
}
