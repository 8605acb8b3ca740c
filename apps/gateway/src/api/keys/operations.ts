import { z } from "@hono/zod-openapi";
import * as bulkExamples from "../route/bulk-examples.js";
import { bulkBody, bulkResult } from "../route/bulk-schemas.js";
import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import {
  apiKeyList,
  apiKeyQuery,
  apiKeyView,
  createApiKeyBody,
  createdApiKey,
  rotateApiKeyQuery,
  testApiKeyBody,
  updateApiKeyBody,
} from "./schemas.js";

const root = "/api/admin/api-keys";

export const listApiKeys = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listApiKeys",
  summary: "List the API keys",
  description:
    "Lists the managed keys that match, with their limits and what they have used in their current period: all of them, or with `limit` a page at a time. Key values are never shown again.",
  request: { query: apiKeyQuery },
  responses: { 200: json(apiKeyList, "The keys; `next_cursor` is null where none follow.", examples.apiKeyList) },
});

export const getApiKey = operation({
  method: "get",
  path: `${root}/{id}`,
  "x-access": "user",
  operationId: "getApiKey",
  summary: "Get an API key",
  description: "Gets one managed key with its limits and what it has used in its current period.",
  request: idParam,
  responses: { 200: json(apiKeyView, "The key.", examples.apiKeyView) },
});

export const createApiKey = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "createApiKey",
  summary: "Create an API key",
  description:
    "Creates a managed key. Whatever is left out of the body follows the defaults for keys in the settings; `null` means no limit.",
  request: jsonBody(createApiKeyBody, "The key's name, and its limits.", examples.createApiKeyBody),
  responses: {
    201: json(createdApiKey, "The key. `key` is its value, which is shown this once only.", examples.createdApiKey),
  },
  "x-errors": ["conflict"],
});

export const updateApiKey = operation({
  method: "patch",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "updateApiKey",
  summary: "Change an API key",
  description:
    "Changes the fields that the body names and keeps all others; `null` lifts a limit. The key's value stays the same.",
  request: { ...idParam, ...jsonBody(updateApiKeyBody, "The fields to change.", examples.updateApiKeyBody) },
  responses: { 200: json(apiKeyView, "The key after the change.", examples.apiKeyView) },
  "x-errors": ["conflict"],
});

export const putApiKey = operation({
  ...updateApiKey,
  method: "put",
  operationId: "putApiKey",
  summary: "Change an API key (alias of PATCH)",
});

export const deleteApiKey = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteApiKey",
  summary: "Delete an API key",
  description: "Deletes the key. Requests with it are refused from now on; what it has used stays in the statistics.",
  request: idParam,
  responses: { 204: { description: "The key is deleted." } },
});

export const changeApiKeys = operation({
  method: "post",
  path: `${root}/bulk`,
  "x-access": "admin",
  operationId: "changeApiKeys",
  summary: "Enable, disable or delete many API keys",
  description:
    "Applies the action to each key, one after the other. A key that cannot be changed does not stop the rest.",
  request: jsonBody(bulkBody, "The action, and the keys' ids.", bulkExamples.bulkBody),
  responses: { 200: json(bulkResult, "How many keys were changed, and which were not.", bulkExamples.bulkResult) },
});

export const rotateApiKey = operation({
  method: "post",
  path: `${root}/{id}/rotate`,
  "x-access": "admin",
  operationId: "rotateApiKey",
  summary: "Give an API key a new value",
  description:
    "Replaces the key's value. The old value stops working at once unless `overlap_until` gives it some time; limits and usage stay.",
  request: { ...idParam, query: rotateApiKeyQuery },
  responses: {
    200: json(createdApiKey, "The key. `key` is its new value, which is shown this once only.", examples.createdApiKey),
  },
});

export const testApiKey = operation({
  method: "post",
  path: `${root}/{id}/test`,
  "x-access": "admin",
  operationId: "testApiKey",
  summary: "Send a test request with an API key",
  description:
    "Sends a short request to the model on behalf of the key, whose limits, models and tokens hold: it counts as the key's. The answer, a refusal included, is the protocol's own; `x-request-id` names its record.",
  request: {
    ...idParam,
    ...jsonBody(testApiKeyBody, "What to ask for, and in which protocol.", examples.testApiKeyBody),
  },
  responses: {
    200: {
      description: "The model's answer, in the protocol that was asked for.",
      content: {
        "application/json": { schema: z.looseObject({}), example: examples.testAnswer },
        "text/event-stream": { schema: z.string(), example: examples.testStream },
      },
    },
  },
  "x-passes-on": true,
});

export const resetApiKeyUsage = operation({
  method: "post",
  path: `${root}/{id}/reset-usage`,
  "x-access": "admin",
  operationId: "resetApiKeyUsage",
  summary: "Reset an API key's usage",
  description: "Lets the key's budgets count from zero again. Statistics and recorded requests stay.",
  request: idParam,
  responses: { 200: json(apiKeyView, "The key, with nothing used.", examples.apiKeyView) },
});
