import type { Protocol, Wire } from "@copilot-llm/model";
import { anthropicMessages } from "../anthropic-messages/anthropic-messages.js";
import type { ProtocolDefinition, WireDefinition } from "../codec/protocol-definition.js";
import { openaiChat } from "../openai-chat/openai-chat.js";
import { openaiEmbeddings } from "../openai-embeddings/openai-embeddings.js";
import { openaiResponses } from "../openai-responses/openai-responses.js";

const wires = {
  "openai-chat": openaiChat,
  "openai-responses": openaiResponses,
  "anthropic-messages": anthropicMessages,
} satisfies Readonly<Record<Wire, WireDefinition>>;

const protocols = {
  ...wires,
  "openai-embeddings": openaiEmbeddings,
} satisfies Readonly<Record<Protocol, ProtocolDefinition>>;

/** Every protocol that there is. */
export const allProtocols: readonly ProtocolDefinition[] = Object.values(protocols);

type PathOf<Definition> = Definition extends ProtocolDefinition<infer Path> ? Path : never;

/** Where the service takes requests, of any protocol. */
export type ServicePath = PathOf<(typeof protocols)[Protocol]>;

/** What is known of a protocol. This file is the one that lists them: one is added by its folder and a line here. */
export function protocolOf(id: Protocol): ProtocolDefinition<ServicePath> {
  return protocols[id];
}

/** What is known of a conversation protocol. */
export function wireOf(id: Wire): WireDefinition<ServicePath> {
  return wires[id];
}
