/** The three conversation protocols. As a client speaks it: "protocol"; as it goes to the upstream: "wire". */
export const wires = ["openai-chat", "openai-responses", "anthropic-messages"] as const;

export type Wire = (typeof wires)[number];

/** What a client may speak: a conversation protocol, or embeddings (which exist in OpenAI's shape only). */
export type Protocol = Wire | "openai-embeddings";

/** Whose turn caused the request, as GitHub bills it: a user's own message, or an agent that goes on working. */
export type Initiator = "user" | "agent";
