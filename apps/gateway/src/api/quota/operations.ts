import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { cyclesQuery, quotaCycles, quotaForecast } from "./schemas.js";

export const getQuotaForecast = operation({
  method: "get",
  path: "/api/quota/forecast",
  "x-access": "user",
  operationId: "getQuotaForecast",
  summary: "Get what will be lost of each quota",
  description:
    "Tells of each billing entity, and of all together, what is used of its quota, at what pace, and what will be lost at its next reset when tokens go on being chosen as now. It is computed in the background every two minutes.",
  responses: { 200: json(quotaForecast, "The forecast as computed last.", examples.quotaForecast) },
});

export const listQuotaCycles = operation({
  method: "get",
  path: "/api/quota/cycles",
  "x-access": "user",
  operationId: "listQuotaCycles",
  summary: "List the quota cycles that have ended",
  description: "Tells what was used of each billing entity's quota from reset to reset, by whom, and what was lost.",
  request: { query: cyclesQuery },
  responses: { 200: json(quotaCycles, "The cycles, the latest first.", examples.quotaCycles) },
});
