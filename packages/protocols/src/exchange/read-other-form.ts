import { type JsonObject, wires } from "@copilot-llm/model";
import { withoutMembers } from "../body/rewrite.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import { wireOf } from "./protocols.js";

/** The protocol in whose form a body holds its conversation, where that is not the client's own (Cursor sends such); else null. */
export function findOtherForm(client: WireDefinition, body: JsonObject): WireDefinition | null {
  if (body[client.conversationField] !== undefined) return null;
  return wires.map(wireOf).find(({ conversationField }) => body[conversationField] !== undefined) ?? null;
}

/**
 * A body in the form of another protocol as the client's own would have it. What the other form does not know of the
 * body stays as it is.
 */
export function readOtherForm(client: WireDefinition, other: WireDefinition, body: JsonObject): JsonObject {
  const { request } = other.decodeRequest(body);
  const { body: encoded } = client.encodeRequest({ ...request, includeUsage: false });
  return { ...encoded, ...withoutMembers(body, [...other.requestFields]) };
}
