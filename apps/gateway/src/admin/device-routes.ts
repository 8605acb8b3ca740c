import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { idParam } from "../admin-api/fields.js";
import { deviceSignInStart, deviceSignInStatus, startDeviceSignInBody } from "../admin-api/github-token-schemas.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { encodeTokenView } from "./encode-views.js";

const root = "/api/admin/github-tokens/device";

export interface DeviceRouteOptions {
  readonly provider: Provider;
  readonly clock: Clock;
}

/** Adding a token by GitHub's device flow. Added before the routes with a token's id in the same place. */
export function addDeviceRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: DeviceRouteOptions): void {
  const { deviceSignIns, tokens } = provider;

  app.openapi(
    route("admin", {
      method: "post",
      path: root,
      request: jsonBody(startDeviceSignInBody, "The name that the token is to have"),
      responses: { 201: json(deviceSignInStart, "What the token's holder is to type, and where") },
    }),
    async (context) => {
      const { alias } = context.req.valid("json");
      const started = await deviceSignIns.start(context.get("user").username, alias);
      return context.json(
        {
          id: started.id,
          user_code: started.userCode,
          verification_uri: started.verificationUri,
          expires_in: Math.max(0, Math.floor((started.expiresAtMs - clock.nowMs()) / 1_000)),
          interval: started.intervalMs / 1_000,
        },
        201,
      );
    },
  );

  app.openapi(
    route("admin", {
      method: "get",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 200: json(deviceSignInStatus, "How far it is, and the token once it is complete") },
    }),
    async (context) => {
      const { id, state } = deviceSignIns.find(context.req.valid("param").id);
      const error_message = "reason" in state ? state.reason : null;
      if (state.status !== "complete") return context.json({ id, status: state.status, error_message }, 200);
      const token = encodeTokenView(await tokens.find(state.tokenId));
      return context.json({ id, status: state.status, token, error_message }, 200);
    },
  );
}
