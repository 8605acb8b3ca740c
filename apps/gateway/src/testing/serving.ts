import { Secret } from "@copilot-llm/model";
import type { SimulatorOptions } from "@copilot-llm/simulator";
import { type AdminClient, createAdminClient } from "./admin-client.js";
import { type OpenGateway, type OpenGatewayOptions, openGateway } from "./open-gateway.js";

/** A gateway with an admin, a checked token ("alice") and a key ("laptop"). */
export interface ServingGateway extends OpenGateway {
  readonly admin: AdminClient;
  readonly tokenId: string;
  readonly keyId: string;
  /** Sends a data request with the key. */
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export async function openServingGateway(
  simulatorOptions: SimulatorOptions = {},
  options: OpenGatewayOptions = {},
): Promise<ServingGateway> {
  const gateway = await openGateway(options, simulatorOptions);
  const admin = await createAdminClient(gateway);
  const { provider, url } = gateway;
  const credential = { kind: "user", token: new Secret("gho_alice0123456789") } as const;
  const { token } = await provider.tokens.create("ada", { alias: "alice", enabled: true, credential });
  const { key, value } = await provider.keys.create("ada", { alias: "laptop" });
  return {
    ...gateway,
    admin,
    tokenId: token.id,
    keyId: key.id,
    send: (path, body, headers = {}) =>
      fetch(url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${value.reveal()}`, "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
  };
}

/** A chat completion that the simulator answers with `Echo: ${text}`. */
export function chatBody(text: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { model: "gpt-5-mini", messages: [{ role: "user", content: text }], ...more };
}
