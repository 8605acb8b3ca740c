import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { modelOverviewList, modelResolution, resolveModelQuery } from "./schemas.js";

const root = "/api/models";

export const listModelOverviews = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listModelOverviews",
  summary: "List the pool's models",
  description:
    "Lists every model that a token of the pool has, with its prices, its limits, its other names, and the tokens that have it or lack it.",
  responses: { 200: json(modelOverviewList, "Every model, by id.", examples.modelOverviewList) },
});

export const resolveModelName = operation({
  method: "get",
  path: `${root}/resolve`,
  "x-access": "user",
  operationId: "resolveModelName",
  summary: "Find out which model a name leads to",
  description: "Says which model serves a name now, as for a key without restrictions, and how the name leads to it.",
  request: { query: resolveModelQuery },
  responses: { 200: json(modelResolution, "The model, or what may have been meant.", examples.modelResolution) },
});
