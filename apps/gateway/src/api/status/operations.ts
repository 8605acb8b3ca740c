import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { gatewayStatus } from "./schemas.js";

export const getStatus = operation({
  method: "get",
  path: "/api/status",
  "x-access": "user",
  operationId: "getStatus",
  summary: "Get the gateway's state",
  description: "Says whether the gateway can serve, how its tokens and its store are, and what wants attention.",
  responses: { 200: json(gatewayStatus, "The state as this gateway sees it now.", examples.gatewayStatus) },
});
