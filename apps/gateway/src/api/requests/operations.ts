import { z } from "@hono/zod-openapi";
import { idParam } from "../route/fields.js";
import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { requestDetail, requestList, requestListQuery, streamEvents, streamEventsQuery } from "./schemas.js";

const root = "/api/requests";

export const listRequests = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listRequests",
  summary: "List recorded requests",
  description:
    "Lists requests one by one without their bodies, the one that ended last first; every filter that is given must hold. Those with recording `off` are not among them. Viewers search by `text` only where the settings let them see prompts.",
  request: { query: requestListQuery },
  responses: { 200: json(requestList, "One page of requests.", examples.requestList) },
  "x-errors": ["permission_denied"],
});

export const getRequest = operation({
  method: "get",
  path: `${root}/{id}`,
  "x-access": "user",
  operationId: "getRequest",
  summary: "Get a request's facts",
  description: "Gets what is on record of one request, without its bodies. The id is the `x-request-id` of its answer.",
  request: idParam,
  responses: { 200: json(requestDetail, "The request.", examples.requestDetail) },
});

export const getRequestBody = operation({
  method: "get",
  path: `${root}/{id}/request`,
  "x-access": "user",
  operationId: "getRequestBody",
  summary: "Get a request's body",
  description: "Gets the body as the client sent it. Answers 404 where it was not recorded, or is gone.",
  request: idParam,
  responses: {
    200: {
      description: "The body as it was sent; what is not JSON is returned as bytes.",
      content: {
        "application/json": { schema: z.unknown(), example: examples.recordedBody },
        "application/octet-stream": { schema: { type: "string", format: "binary" } },
      },
    },
  },
  "x-errors": ["permission_denied"],
});

export const getResponseBody = operation({
  method: "get",
  path: `${root}/{id}/response`,
  "x-access": "user",
  operationId: "getResponseBody",
  summary: "Get an answer's body",
  description:
    "Gets the answer as the client got it: JSON, or the events of a stream. Answers 404 where it was not recorded, or is gone.",
  request: idParam,
  responses: {
    200: {
      description: "The body as it was sent.",
      content: {
        "application/json": { schema: z.unknown(), example: examples.recordedAnswer },
        "text/event-stream": { schema: z.string(), example: examples.recordedStream },
      },
    },
  },
  "x-errors": ["permission_denied"],
});

export const listStreamEvents = operation({
  method: "get",
  path: `${root}/{id}/events`,
  "x-access": "user",
  operationId: "listStreamEvents",
  summary: "List a stream's events with their times",
  description:
    "Lists the events of a recorded stream as the client got them, and when each went out. Answers 404 where no stream was recorded, or it is gone.",
  request: { ...idParam, query: streamEventsQuery },
  responses: { 200: json(streamEvents, "The events, in their order.", examples.streamEvents) },
  "x-errors": ["permission_denied"],
});
