import type { Provider } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { getDeviceSignIn, startDeviceSignIn } from "./device-operations.js";
import { encodeTokenView } from "./encode.js";
import { readTokenSurroundings, type TokenSurroundingsSource } from "./token-surroundings.js";

export interface DeviceRouteOptions extends TokenSurroundingsSource {
  readonly provider: Pick<Provider, "deviceSignIns" | "tokens"> & TokenSurroundingsSource["provider"];
}

/** Adding a token by GitHub's device flow. Added before the routes with a token's id in the same place. */
export function addDeviceRoutes(app: AdminApp, route: RouteFactory, options: DeviceRouteOptions): void {
  const { provider, clock } = options;
  const { deviceSignIns, tokens } = provider;

  app.openapi(route(startDeviceSignIn), async (context) => {
    const { alias } = context.req.valid("json");
    const started = await deviceSignIns.start(actorOf(context), alias);
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
  });

  app.openapi(route(getDeviceSignIn), async (context) => {
    const { id, state } = deviceSignIns.find(context.req.valid("param").id);
    const error_message = "reason" in state ? state.reason : null;
    if (state.status !== "complete") return context.json({ id, status: state.status, error_message }, 200);
    const token = encodeTokenView(await tokens.find(state.tokenId), await readTokenSurroundings(options));
    return context.json({ id, status: state.status, token, error_message }, 200);
  });
}
