/** The three APIs through which a model can be asked. */
export const chatProtocols = ["chat", "responses", "messages"] as const;
export type ChatProtocol = (typeof chatProtocols)[number];

export const protocolPaths: Record<ChatProtocol, string> = {
  chat: "/openai/v1/chat/completions",
  responses: "/openai/v1/responses",
  messages: "/anthropic/v1/messages",
};

export interface TextPart {
  kind: "text";
  text: string;
}

/** An image or a PDF that goes along with a message, as a data URL. */
export interface FilePart {
  kind: "image" | "document";
  name: string;
  mediaType: string;
  dataUrl: string;
}

export type UserPart = TextPart | FilePart;

export interface ToolCall {
  id: string;
  name: string;
  /** JSON, as the model wrote it. */
  arguments: string;
}

export interface ToolResult {
  callId: string;
  text: string;
  isError: boolean;
}

/** One step of a conversation, whatever API it goes through. */
export type ChatTurn =
  | { role: "user"; parts: readonly UserPart[] }
  | {
      role: "assistant";
      text: string;
      toolCalls: readonly ToolCall[];
      /** The answer in the form of the API that it came through: sent back as it is when it goes through the same one. */
      native: { protocol: ChatProtocol; content: readonly unknown[] } | null;
    }
  | { role: "tool"; results: readonly ToolResult[] };

export interface ToolDefinition {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>;
}

/** What is set beside the conversation; what is absent is not sent. */
export interface ChatParameters {
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  stop?: readonly string[];
  seed?: number;
  effort?: string;
  /** A JSON Schema that the answer must fit. */
  responseSchema?: Record<string, unknown>;
  /** Merged over the body last. */
  extra?: Record<string, unknown>;
}

export interface ChatRequest {
  model: string;
  system: string;
  turns: readonly ChatTurn[];
  tools: readonly ToolDefinition[];
  parameters: ChatParameters;
}

/** Data URLs name their type and then the bytes. */
export function base64Of(dataUrl: string): string {
  return dataUrl.slice(dataUrl.indexOf(",") + 1);
}
