import { idParam } from "../route/fields.js";
import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { batchItemPage, batchItemsQuery, batchPage, batchQuery, batchView } from "./schemas.js";

const root = "/api/batches";

export const listBatches = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listBatches",
  summary: "List the batches",
  description: "Lists everybody's batches, the newest first, with how far each is, and how this gateway works on them.",
  request: { query: batchQuery },
  responses: { 200: json(batchPage, "One page of batches.", examples.batchPage) },
});

export const listBatchItems = operation({
  method: "get",
  path: `${root}/{id}/items`,
  "x-access": "user",
  operationId: "listBatchItems",
  summary: "List a batch's items",
  description: "Lists the requests of the batch that have ended, in their order, without what was asked and answered.",
  request: { ...idParam, query: batchItemsQuery },
  responses: { 200: json(batchItemPage, "One page of items.", examples.batchItemPage) },
});

export const cancelBatch = operation({
  method: "post",
  path: `${root}/{id}/cancel`,
  "x-access": "admin",
  operationId: "cancelBatch",
  summary: "Cancel a batch",
  description:
    "Cancels what has not begun of the batch; what is under way goes on to its end. Of a batch that has ended nothing changes.",
  request: idParam,
  responses: { 200: json(batchView, "The batch as it is then.", examples.batchView) },
});
