import { type Batch, GatewayError, type JsonObject } from "@copilot-llm/model";
import {
  encodeOpenaiFile,
  encodeOpenaiOutputFile,
  encodeOutputLine,
  hasOutputFile,
  type OutputKind,
  outputStates,
  parseOutputFileId,
} from "@copilot-llm/protocols";
import { type Principal, principalId } from "@copilot-llm/provider";
import type { Hono } from "hono";
import type { GatewayContext, GatewayEnv } from "../../http/request-context.js";
import { takeContent } from "../../http/take-content.js";
import { filePaths } from "../batch-paths.js";
import { addBatchRoutes, type BatchRouteOptions, idOf } from "./batch-route.js";
import { cutPage, parseLimit } from "./parse-page.js";
import { receiveFile } from "./receive-file.js";
import { writeContent } from "./write-content.js";

const maxPageSize = 10_000;
/** What a form may be longer than its file. */
const formBytes = 64 * 1024;

/** OpenAI's files, for batches: those that were uploaded, and those that hold a batch's results. */
export function addFileRoutes(app: Hono<GatewayEnv>, options: BatchRouteOptions): void {
  for (const path of filePaths) {
    const one = `${path}/:id`;
    addBatchRoutes(
      app,
      "openai-chat",
      [
        {
          method: "POST",
          path,
          isIntake: true,
          answer: (context, principal) => uploadFile(context, principal, options),
        },
        { method: "GET", path, answer: (context, principal) => listFiles(context, principal, options) },
        {
          method: "GET",
          path: one,
          answer: async (context, principal) => context.json(await readFile(context, principal, options)),
        },
        { method: "DELETE", path: one, answer: (context, principal) => deleteFile(context, principal, options) },
        {
          method: "GET",
          path: `${one}/content`,
          answer: (context, principal) => readContent(context, principal, options),
        },
      ],
      options,
    );
  }
}

async function uploadFile(
  context: GatewayContext,
  principal: Principal,
  { provider, batchFileMaxBytes, clock }: BatchRouteOptions,
): Promise<Response> {
  const limits = { maxBytes: batchFileMaxBytes + formBytes, clock };
  const file = await takeContent(context.env, limits, (body) =>
    receiveFile(body, {
      contentType: context.req.header("content-type"),
      maxBytes: batchFileMaxBytes,
      write: (described, content) => provider.batches.files.create(principalId(principal), described, content),
    }),
  );
  return context.json(encodeOpenaiFile(file));
}

async function listFiles(
  context: GatewayContext,
  principal: Principal,
  { provider }: BatchRouteOptions,
): Promise<Response> {
  const limit = parseLimit(context, maxPageSize, maxPageSize);
  const { purpose, order = "desc", after } = context.req.query();
  if (order !== "asc" && order !== "desc") {
    throw new GatewayError("invalid_request", "`order` must be `asc` or `desc`.", { param: "order" });
  }
  const isWanted = purpose === undefined || purpose === "batch";
  const files = isWanted
    ? await provider.batches.files.list(principalId(principal), {
        limit: limit + 1,
        order,
        ...(after === undefined ? {} : { afterId: after }),
      })
    : [];
  const { page, hasMore } = cutPage(files, limit);
  return context.json({
    object: "list",
    data: page.map(encodeOpenaiFile),
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: hasMore,
  });
}

async function readFile(
  context: GatewayContext,
  principal: Principal,
  options: BatchRouteOptions,
): Promise<JsonObject> {
  const output = await findOutput(context, principal, options);
  if (output !== null) {
    let bytes = 0;
    for await (const line of outputLines(output, options)) bytes += line.length;
    return encodeOpenaiOutputFile(output.batch, output.kind, bytes);
  }
  return encodeOpenaiFile(await options.provider.batches.files.find(principalId(principal), idOf(context)));
}

async function readContent(
  context: GatewayContext,
  principal: Principal,
  options: BatchRouteOptions,
): Promise<Response> {
  const output = await findOutput(context, principal, options);
  if (output !== null) {
    const content = outputLines(output, options);
    return writeContent(context, { contentType: "application/jsonl", content }, options);
  }
  const { files } = options.provider.batches;
  const [ownerId, id] = [principalId(principal), idOf(context)];
  const { bytes } = await files.find(ownerId, id);
  const content = await files.read(ownerId, id);
  return writeContent(context, { contentType: "application/octet-stream", bytes, content }, options);
}

async function deleteFile(
  context: GatewayContext,
  principal: Principal,
  options: BatchRouteOptions,
): Promise<Response> {
  const id = idOf(context);
  if ((await findOutput(context, principal, options)) !== null) {
    throw new GatewayError(
      "invalid_request",
      "A batch's results are no file of their own: they go with the batch, 30 days after it has ended.",
      { param: "file_id" },
    );
  }
  await options.provider.batches.files.remove(principalId(principal), id);
  return context.json({ id, object: "file", deleted: true });
}

interface Output {
  readonly batch: Batch;
  readonly kind: OutputKind;
}

/** The results that the id names; null where it is that of an uploaded file. Throws `not_found`. */
async function findOutput(
  context: GatewayContext,
  principal: Principal,
  { provider }: BatchRouteOptions,
): Promise<Output | null> {
  const named = parseOutputFileId(idOf(context));
  if (named === null) return null;
  const batch = await provider.batches.own.find(principalId(principal), "openai", named.batchId);
  if (hasOutputFile(batch, named.kind)) return { batch, kind: named.kind };
  throw new GatewayError("not_found", `There is no file \`${idOf(context)}\`.`, { param: "file_id" });
}

async function* outputLines(
  { batch, kind }: Output,
  { provider }: BatchRouteOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const item of provider.batches.own.results(batch, outputStates[kind])) yield encodeOutputLine(item);
}
