import type { ErrorCode, Protocol } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import type { AdminApp } from "../api/route/admin-app.js";
import { filePaths, messageBatchPaths, openaiBatchPaths } from "../data/batch-paths.js";
import * as examples from "./batch-examples.js";
import * as schemas from "./batch-schemas.js";
import { bodyErrors, dataErrors } from "./data-errors.js";
import type { DescribedOperation } from "./described-operation.js";

/** Any of these: a managed key in either header, the legacy key, or a console session. */
const security = [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }];
const idParam = { params: z.object({ id: z.string() }) };

/** What a route is, apart from the path that it stands at and whose API that is. */
interface Described {
  readonly method: DescribedOperation["method"];
  /** What follows the path. */
  readonly below: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly request?: DescribedOperation["request"];
  readonly answer: string;
  readonly content: Readonly<Record<string, { readonly schema: z.ZodType; readonly example: unknown }>>;
}

const json = (schema: z.ZodType, example: object) => ({ "application/json": { schema, example } });
const jsonBody = (schema: z.ZodType, example: object) => ({ body: { required: true, content: json(schema, example) } });
const own = "Only the caller's own are there.";

const files: readonly Described[] = [
  {
    method: "post",
    below: "",
    operationId: "uploadFile",
    summary: "Upload a file",
    description:
      "Uploads the requests of a batch, as OpenAI's API does. Only `purpose` `batch` is taken. `expires_after` counts where it comes before the file; else a file is kept for 30 days. Refused while batches are turned off.",
    request: {
      body: {
        required: true,
        content: { "multipart/form-data": { schema: schemas.uploadForm, example: examples.uploadForm } },
      },
    },
    answer: "The file.",
    content: json(schemas.openaiFile, examples.openaiFile),
  },
  {
    method: "get",
    below: "",
    operationId: "listFiles",
    summary: "List the files",
    description: `Lists uploaded files. Files of results are named by their batches and are not listed. ${own}`,
    answer: "The files.",
    content: json(schemas.pageOf(schemas.openaiFile), examples.pageOf(examples.openaiFile)),
  },
  {
    method: "get",
    below: "/{id}",
    operationId: "getFile",
    summary: "Get a file",
    description: "Gets what is known of a file: an uploaded one, or one of a batch's results.",
    request: idParam,
    answer: "The file.",
    content: json(schemas.openaiFile, examples.openaiFile),
  },
  {
    method: "delete",
    below: "/{id}",
    operationId: "deleteFile",
    summary: "Delete a file",
    description: "Deletes an uploaded file. What has not run of a batch that needs it then fails.",
    request: idParam,
    answer: "The file is deleted.",
    content: json(schemas.deletedFile, examples.deletedFile),
  },
  {
    method: "get",
    below: "/{id}/content",
    operationId: "getFileContent",
    summary: "Read a file",
    description: "Streams a file's bytes; of a batch's results they are made as they are read.",
    request: idParam,
    answer: "The bytes.",
    content: { "application/octet-stream": { schema: z.string(), example: examples.fileContent } },
  },
];

const openaiBatches: readonly Described[] = [
  {
    method: "post",
    below: "",
    operationId: "createBatch",
    summary: "Create a batch",
    description:
      "Makes a batch of an uploaded file, as OpenAI's API does. It runs on quota that would otherwise be lost, within 24 hours. Where a line cannot be run the batch is `failed` and says why. Refused while batches are turned off.",
    request: jsonBody(schemas.createOpenaiBatch, examples.createOpenaiBatch),
    answer: "The batch.",
    content: json(schemas.openaiBatch, examples.openaiBatch),
  },
  {
    method: "get",
    below: "",
    operationId: "listOwnBatches",
    summary: "List the batches",
    description: `Lists batches, the newest first. ${own}`,
    answer: "The batches.",
    content: json(schemas.pageOf(schemas.openaiBatch), examples.pageOf(examples.openaiBatch)),
  },
  {
    method: "get",
    below: "/{id}",
    operationId: "getBatch",
    summary: "Get a batch",
    description: "Gets a batch: how far it is, and which files hold its results.",
    request: idParam,
    answer: "The batch.",
    content: json(schemas.openaiBatch, examples.openaiBatch),
  },
  {
    method: "post",
    below: "/{id}/cancel",
    operationId: "cancelOwnBatch",
    summary: "Cancel a batch",
    description: "Cancels what has not begun; what is under way goes on to its end.",
    request: idParam,
    answer: "The batch as it is then.",
    content: json(schemas.openaiBatch, examples.openaiBatch),
  },
];

const messageBatches: readonly Described[] = [
  {
    method: "post",
    below: "",
    operationId: "createMessageBatch",
    summary: "Create a message batch",
    description:
      "Makes a batch of many requests, as Anthropic's API does. It runs on quota that would otherwise be lost, within 24 hours. `anthropic-beta` goes along with each request. Refused while batches are turned off.",
    request: jsonBody(schemas.createMessageBatch, examples.createMessageBatch),
    answer: "The batch.",
    content: json(schemas.messageBatch, examples.messageBatch),
  },
  {
    method: "get",
    below: "",
    operationId: "listMessageBatches",
    summary: "List the message batches",
    description: `Lists message batches, the newest first. ${own}`,
    answer: "The batches.",
    content: json(schemas.pageOf(schemas.messageBatch), examples.pageOf(examples.messageBatch)),
  },
  {
    method: "get",
    below: "/{id}",
    operationId: "getMessageBatch",
    summary: "Get a message batch",
    description: "Gets a message batch; once it has ended with the address of its results.",
    request: idParam,
    answer: "The batch.",
    content: json(schemas.messageBatch, examples.messageBatch),
  },
  {
    method: "delete",
    below: "/{id}",
    operationId: "deleteMessageBatch",
    summary: "Delete a message batch",
    description: "Deletes a message batch that has ended, with its results.",
    request: idParam,
    answer: "The batch is deleted.",
    content: json(schemas.deletedMessageBatch, examples.deletedMessageBatch),
  },
  {
    method: "post",
    below: "/{id}/cancel",
    operationId: "cancelMessageBatch",
    summary: "Cancel a message batch",
    description: "Cancels what has not begun; what is under way goes on to its end.",
    request: idParam,
    answer: "The batch as it is then.",
    content: json(schemas.messageBatch, examples.messageBatch),
  },
  {
    method: "get",
    below: "/{id}/results",
    operationId: "getMessageBatchResults",
    summary: "Read a message batch's results",
    description: "Streams the results of a batch that has ended as JSON lines, in the order of its requests.",
    request: idParam,
    answer: "A line for each request.",
    content: { "application/x-jsonl": { schema: z.string(), example: examples.messageBatchResults } },
  },
];

/** Puts the routes of files and batches, which Hono serves without schemas, into the API document. */
export function describeBatchRoutes(app: AdminApp): void {
  const groups = [
    { paths: filePaths, routes: files, protocol: "openai-chat" },
    { paths: openaiBatchPaths, routes: openaiBatches, protocol: "openai-chat" },
    { paths: messageBatchPaths, routes: messageBatches, protocol: "anthropic-messages" },
  ] as const;
  for (const { paths, routes, protocol } of groups) {
    for (const path of paths) {
      for (const route of routes) app.openAPIRegistry.registerPath(describe(path, route, protocol));
    }
  }
}

function describe(path: string, route: Described, protocol: Protocol): DescribedOperation {
  const { method, below, operationId, summary, description, request, answer, content } = route;
  const isAlias = path.startsWith("/v1/");
  return {
    method,
    path: path + below,
    tags: [isAlias ? "Aliases" : path.startsWith("/openai/") ? "OpenAI API" : "Anthropic API"],
    operationId: isAlias ? `${operationId}Alias` : operationId,
    summary: isAlias ? `${summary} (alias)` : summary,
    description,
    security,
    "x-access": "key",
    ...(request === undefined ? {} : { request }),
    responses: {
      200: { description: answer, content },
      ...dataErrors(protocol, errorsOf(route)),
    },
  };
}

function errorsOf({ below, request }: Described): readonly ErrorCode[] {
  const takesBody = request?.body !== undefined;
  return [
    ...(takesBody ? bodyErrors : (["invalid_request", "unauthenticated", "permission_denied"] as const)),
    ...(below.includes("{") ? (["not_found"] as const) : []),
  ];
}
