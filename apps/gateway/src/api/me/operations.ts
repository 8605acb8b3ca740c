import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { ownKey } from "./schemas.js";

export const getOwnKey = operation({
  method: "get",
  path: "/api/me",
  "x-access": "key",
  operationId: "getOwnKey",
  summary: "Get one's own key's limits and usage",
  description:
    "With a managed key, as `Authorization: Bearer` or `x-api-key`: what its holder may use, and has used. A key that is used up may still ask; a disabled or expired one may not.",
  responses: { 200: json(ownKey, "The key, without its value.", examples.ownKey) },
});
