import type { RouteConfig } from "@hono/zod-openapi";

/** A route that the API document describes though it is not declared by a schema. */
export type DescribedOperation = RouteConfig & {
  readonly "x-access": "key" | "public" | "admin";
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
};
