import { createAccount } from "../accounts/account.js";
import type { ModelEndpoint, SimulatedModel } from "../catalogue/simulated-model.js";
import type { JsonObject } from "../json-value.js";
import { defaultQuirks } from "../quirks.js";
import { conversationRules } from "../rules/conversation-rules.js";
import { embeddingsRules } from "../rules/embeddings-rules.js";
import { findRefusal, type RefusedByRule } from "../rules/find-refusal.js";
import type { IdOrigin, ServiceIds } from "../service-ids.js";
import { chatWire } from "../wires/chat/chat-wire.js";
import { messagesWire } from "../wires/messages/messages-wire.js";
import { responsesWire } from "../wires/responses/responses-wire.js";
import type { Wire } from "../wires/wire.js";

const wires: Readonly<Record<Exclude<ModelEndpoint, "/embeddings">, Wire>> = {
  "/chat/completions": chatWire,
  "/responses": responsesWire,
  "/v1/messages": messagesWire,
};

/**
 * The rule by which the service refuses this body, and its words; undefined when it takes it. Pure, for tests that try
 * many bodies: who asks is an account that may use every model, that shows images openly, and to which every id and
 * seal in the body was issued.
 */
export function refusalOf(endpoint: ModelEndpoint, body: JsonObject, model: SimulatedModel): RefusedByRule | undefined {
  if (endpoint === "/embeddings") return findRefusal(embeddingsRules, { body, model });
  const wire = wires[endpoint];
  const account = createAccount(
    { login: "anyone", token: "anyone", plan: "enterprise", modelPolicy: { [model.id]: "enabled" } },
    0,
    0,
  );
  const origin: IdOrigin = { account: 0, connection: 0, model: model.id };
  const header = (name: string): string | undefined => (name === "copilot-vision-request" ? "true" : undefined);
  const request = wire.readRequest(body);
  const input = { body, request, model, account, quirks: defaultQuirks, ids: issuedTo(origin), origin, header };
  return findRefusal([...conversationRules, ...wire.rules], input, { model, quirks: defaultQuirks });
}

function issuedTo(origin: IdOrigin): ServiceIds {
  return { next: (prefix) => prefix, bound: (prefix) => prefix, originOf: () => origin };
}
