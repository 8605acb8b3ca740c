import { GatewayError, parseJson } from "@copilot-llm/model";
import { type BatchEndpoint, batchEndpointsOf, encodeOpenaiBatch } from "@copilot-llm/protocols";
import { type Principal, principalId } from "@copilot-llm/provider";
import { z } from "@hono/zod-openapi";
import type { Hono } from "hono";
import { invalidRequest } from "../../http/invalid-request.js";
import { readBodyInTime } from "../../http/read-body-in-time.js";
import type { GatewayContext, GatewayEnv } from "../../http/request-context.js";
import { openaiBatchPaths } from "../batch-paths.js";
import { addBatchRoutes, type BatchRouteOptions, idOf } from "./batch-route.js";
import { cutPage, parseLimit } from "./parse-page.js";

const defaultPageSize = 20;
const maxPageSize = 100;
const maxMetadataEntries = 16;

const createBody = z.looseObject({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal("24h"),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine(
      (entries) => Object.keys(entries).length <= maxMetadataEntries,
      `must have at most ${maxMetadataEntries} entries`,
    )
    .nullish(),
});

/** OpenAI's batches. */
export function addOpenaiBatchRoutes(app: Hono<GatewayEnv>, options: BatchRouteOptions): void {
  const { own } = options.provider.batches;
  for (const path of openaiBatchPaths) {
    const one = `${path}/:id`;
    addBatchRoutes(
      app,
      "openai-chat",
      [
        {
          method: "POST",
          path,
          isIntake: true,
          answer: (context, principal) => createBatch(context, principal, options),
        },
        { method: "GET", path, answer: (context, principal) => listBatches(context, principal, options) },
        {
          method: "GET",
          path: one,
          answer: async (context, principal) =>
            context.json(encodeOpenaiBatch(await own.find(principalId(principal), "openai", idOf(context)))),
        },
        {
          method: "POST",
          path: `${one}/cancel`,
          answer: async (context, principal) =>
            context.json(encodeOpenaiBatch(await own.cancel(principalId(principal), "openai", idOf(context)))),
        },
      ],
      options,
    );
  }
}

async function createBatch(
  context: GatewayContext,
  principal: Principal,
  { provider, clock, maxBodyBytes }: BatchRouteOptions,
): Promise<Response> {
  const bytes = await readBodyInTime(context.env.incoming, maxBodyBytes, { clock, wholeWithinMs: null });
  const { input_file_id: fileId, endpoint, metadata } = parseCreateBody(bytes);
  const batch = await provider.batches.intake.fromFile(principal, {
    endpoint: parseEndpoint(endpoint),
    fileId,
    metadata: metadata ?? {},
  });
  return context.json(encodeOpenaiBatch(batch));
}

async function listBatches(
  context: GatewayContext,
  principal: Principal,
  { provider }: BatchRouteOptions,
): Promise<Response> {
  const limit = parseLimit(context, defaultPageSize, maxPageSize);
  const after = context.req.query("after");
  const found = await provider.batches.own.list(principalId(principal), "openai", {
    limit: limit + 1,
    ...(after === undefined ? {} : { afterId: after }),
  });
  const { page, hasMore } = cutPage(found, limit);
  return context.json({
    object: "list",
    data: page.map(encodeOpenaiBatch),
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}

function parseCreateBody(bytes: Uint8Array): z.infer<typeof createBody> {
  const body = parseJson(Buffer.from(bytes).toString());
  if (body === undefined) throw new GatewayError("invalid_request", "The request body is not valid JSON.");
  const result = createBody.safeParse(body);
  if (result.success) return result.data;
  throw invalidRequest(result.error, body, "The request body");
}

function parseEndpoint(url: string): BatchEndpoint {
  const endpoints = batchEndpointsOf("openai");
  const found = endpoints.find((endpoint) => endpoint.url === url);
  if (found !== undefined) return found;
  const known = endpoints.map((endpoint) => `\`${endpoint.url}\``).join(", ");
  throw new GatewayError("invalid_request", `\`endpoint\` must be one of ${known}.`, { param: "endpoint" });
}
