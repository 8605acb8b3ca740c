import { json, operation } from "../route/operation.js";
import { modelOverviewList } from "./schemas.js";

export const listModelOverviews = operation({
  method: "get",
  path: "/api/models",
  "x-access": "user",
  operationId: "listModelOverviews",
  summary: "List the pool's models",
  description:
    "Lists every model that a token of the pool has, with its price, its limits, its other names and the tokens that have it.",
  responses: { 200: json(modelOverviewList, "Every model, by id.") },
});
