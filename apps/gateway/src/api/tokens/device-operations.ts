import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { deviceSignInStart, deviceSignInStatus, startDeviceSignInBody } from "./schemas.js";

const root = "/api/admin/github-tokens/device";

export const startDeviceSignIn = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "startDeviceSignIn",
  summary: "Start adding a GitHub token by device flow",
  description:
    "Asks GitHub for a code that the token's holder types at `verification_uri`. Needs the start-up setting `GITHUB_OAUTH_CLIENT_ID`.",
  request: jsonBody(startDeviceSignInBody, "The name that the token is to have.", examples.startDeviceSignInBody),
  responses: { 201: json(deviceSignInStart, "The code, and where its holder types it.", examples.deviceSignInStart) },
  "x-errors": ["conflict", "upstream_error"],
});

export const getDeviceSignIn = operation({
  method: "get",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "getDeviceSignIn",
  summary: "Get the state of a device flow",
  description: "Says whether the holder has typed the code yet. Once `status` is `complete`, the token is in the pool.",
  request: idParam,
  responses: {
    200: json(deviceSignInStatus, "The state, and the token once it is there.", examples.deviceSignInStatus),
  },
});
