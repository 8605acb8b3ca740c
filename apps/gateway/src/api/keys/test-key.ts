import type { JsonObject, Wire } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import { actorOf } from "../../auth/actor-of.js";
import { DisconnectSignal } from "../../http/disconnect-signal.js";
import { logServed } from "../../http/log-served.js";
import type { GatewayContext } from "../../http/request-context.js";
import { writeAnswer } from "../../http/write-answer.js";
import type { testApiKeyBody } from "./schemas.js";

export type KeyTester = Pick<Provider, "actAsKey" | "audit" | "keys" | "serve">;

const question = "Reply with the single word: ready";

const bodies: Readonly<Record<Wire, (model: string, stream: boolean) => JsonObject>> = {
  "openai-chat": (model, stream) => ({ model, stream, messages: [{ role: "user", content: question }] }),
  "openai-responses": (model, stream) => ({ model, stream, input: question }),
  "anthropic-messages": (model, stream) => ({
    model,
    stream,
    max_tokens: 256,
    messages: [{ role: "user", content: question }],
  }),
};

/** Sends a request on behalf of the key and passes the answer on, a refusal included. Throws `not_found` for no key. */
export async function testKey(
  context: GatewayContext,
  provider: KeyTester,
  id: string,
  { protocol, model, stream }: z.output<typeof testApiKeyBody>,
): Promise<void> {
  const { outgoing } = context.env;
  const { key } = await provider.keys.find(id);
  const principal = await provider.actAsKey(id);
  await provider.audit.record(actorOf(context), "api_key.test", id, { alias: key.alias, model, protocol });
  const requestId = context.get("exchange").requestId;
  const answer = await provider.serve({
    requestId,
    operation: "generate",
    protocol,
    principal,
    body: Buffer.from(JSON.stringify(bodies[protocol](model, stream))),
    wireHeaders: protocol === "anthropic-messages" ? { "anthropic-version": "2023-06-01" } : {},
    pinnedTokenId: null,
    clientIp: context.get("exchange").clientIp,
    userAgent: context.req.header("user-agent") ?? null,
    signal: DisconnectSignal.of(outgoing),
  });
  logServed(context.get("exchange").logEntry, answer);
  writeAnswer(outgoing, answer.status, [answer.headers, { "x-request-id": requestId }], answer.body);
}
