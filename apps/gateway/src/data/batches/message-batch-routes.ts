import type { Batch } from "@copilot-llm/model";
import { GatewayError } from "@copilot-llm/model";
import { batchEndpointOf, encodeMessageBatch, encodeMessageBatchResult } from "@copilot-llm/protocols";
import { type Principal, type Provider, principalId } from "@copilot-llm/provider";
import type { Hono } from "hono";
import type { CidrList } from "../../env/cidr-list.js";
import { originOf } from "../../http/origin-of.js";
import type { GatewayContext, GatewayEnv } from "../../http/request-context.js";
import { takeContent } from "../../http/take-content.js";
import { messageBatchPaths } from "../batch-paths.js";
import { wireHeaders } from "../wire-headers.js";
import { addBatchRoutes, type BatchRouteOptions, idOf } from "./batch-route.js";
import { cutPage, parseLimit } from "./parse-page.js";
import { writeContent } from "./write-content.js";

const defaultPageSize = 20;
const maxPageSize = 1_000;

export interface MessageBatchRouteOptions extends BatchRouteOptions {
  readonly trustProxy: CidrList;
}

/** Anthropic's message batches. */
export function addMessageBatchRoutes(app: Hono<GatewayEnv>, options: MessageBatchRouteOptions): void {
  const { own } = options.provider.batches;
  for (const path of messageBatchPaths) {
    const one = `${path}/:id`;
    const answer = (context: GatewayContext, batch: Batch): Response =>
      context.json(encode(context, path, batch, options));
    addBatchRoutes(
      app,
      "anthropic-messages",
      [
        {
          method: "POST",
          path,
          isIntake: true,
          answer: async (context, principal) => answer(context, await createBatch(context, principal, options)),
        },
        { method: "GET", path, answer: (context, principal) => listBatches(context, path, principal, options) },
        {
          method: "GET",
          path: one,
          answer: async (context, principal) => answer(context, await findBatch(context, principal, options)),
        },
        {
          method: "DELETE",
          path: one,
          answer: async (context, principal) => {
            await own.remove(principalId(principal), "anthropic", idOf(context));
            return context.json({ id: idOf(context), type: "message_batch_deleted" });
          },
        },
        {
          method: "POST",
          path: `${one}/cancel`,
          answer: async (context, principal) =>
            answer(context, await own.cancel(principalId(principal), "anthropic", idOf(context))),
        },
        {
          method: "GET",
          path: `${one}/results`,
          answer: (context, principal) => writeResults(context, principal, options),
        },
      ],
      options,
    );
  }
}

function createBatch(
  context: GatewayContext,
  principal: Principal,
  { provider, batchFileMaxBytes, clock }: BatchRouteOptions,
): Promise<Batch> {
  const limits = { maxBytes: batchFileMaxBytes, clock };
  const batch = { endpoint: batchEndpointOf("anthropic-messages"), wireHeaders: wireHeaders(context.req) };
  return takeContent(context.env, limits, (body) => provider.batches.intake.fromBody(principal, batch, body));
}

function findBatch(
  context: GatewayContext,
  principal: Principal,
  { provider }: { readonly provider: Provider },
): Promise<Batch> {
  return provider.batches.own.find(principalId(principal), "anthropic", idOf(context));
}

async function listBatches(
  context: GatewayContext,
  path: string,
  principal: Principal,
  options: MessageBatchRouteOptions,
): Promise<Response> {
  const limit = parseLimit(context, defaultPageSize, maxPageSize);
  const { after_id: afterId, before_id: beforeId } = context.req.query();
  const found = await options.provider.batches.own.list(principalId(principal), "anthropic", {
    limit: limit + 1,
    ...(afterId === undefined ? {} : { afterId }),
    ...(beforeId === undefined || afterId !== undefined ? {} : { beforeId }),
  });
  const isBackwards = beforeId !== undefined && afterId === undefined;
  // Before the page that was seen, the one entry too many is the first.
  const { page, hasMore } = isBackwards
    ? { page: found.slice(-limit), hasMore: found.length > limit }
    : cutPage(found, limit);
  return context.json({
    data: page.map((batch) => encode(context, path, batch, options)),
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}

async function writeResults(
  context: GatewayContext,
  principal: Principal,
  options: MessageBatchRouteOptions,
): Promise<Response> {
  const batch = await findBatch(context, principal, options);
  if (batch.endedAtMs === null) {
    throw new GatewayError("invalid_request", "This batch has no results yet: it has not ended.");
  }
  const content = lines(batch, options);
  return writeContent(context, { contentType: "application/x-jsonl", content }, options);
}

async function* lines(
  batch: Batch,
  { provider }: { readonly provider: Provider },
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const item of provider.batches.own.results(batch)) yield encodeMessageBatchResult(item);
}

/** The results' address is as the client has ours, so that it can go on with the same connection. */
function encode(context: GatewayContext, path: string, batch: Batch, { trustProxy }: MessageBatchRouteOptions) {
  return encodeMessageBatch(batch, `${originOf(context, trustProxy)}${path}/${batch.id}/results`);
}
