interface SnippetInput {
  /** The gateway's own origin, without a slash at the end. */
  origin: string;
  /** The key itself, or what stands for it. */
  key: string;
  /** The models the key may use, best first; may be empty. */
  modelIds: readonly string[];
}

/** Where a name must be filled in by hand because the catalogue is not known yet. */
const unknownModel = "MODEL_ID";

/** A model for an OpenAI snippet: the first that can chat. */
function pickChatModel(modelIds: readonly string[]): string {
  return modelIds.find((id) => !id.includes("embedding")) ?? unknownModel;
}

/** A model for an Anthropic snippet: a Claude if there is one. */
function pickClaudeModel(modelIds: readonly string[]): string {
  return modelIds.find((id) => id.startsWith("claude-")) ?? pickChatModel(modelIds);
}

/** A chat request on the command line. */
export function encodeCurlSnippet({ origin, key, modelIds }: SnippetInput): string {
  const body = JSON.stringify({ model: pickChatModel(modelIds), messages: [{ role: "user", content: "Hello" }] });
  return [
    `curl ${origin}/openai/v1/chat/completions \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${body}'`,
  ].join("\n");
}

/** A chat request with OpenAI's SDK for Python. */
export function encodeOpenaiSnippet({ origin, key, modelIds }: SnippetInput): string {
  return [
    "from openai import OpenAI",
    "",
    `client = OpenAI(base_url="${origin}/openai/v1", api_key="${key}")`,
    "completion = client.chat.completions.create(",
    `    model="${pickChatModel(modelIds)}",`,
    `    messages=[{"role": "user", "content": "Hello"}],`,
    ")",
    "print(completion.choices[0].message.content)",
  ].join("\n");
}

/** A message with Anthropic's SDK for Python. */
export function encodeAnthropicSnippet({ origin, key, modelIds }: SnippetInput): string {
  return [
    "from anthropic import Anthropic",
    "",
    `client = Anthropic(base_url="${origin}/anthropic", api_key="${key}")`,
    "message = client.messages.create(",
    `    model="${pickClaudeModel(modelIds)}",`,
    "    max_tokens=1024,",
    `    messages=[{"role": "user", "content": "Hello"}],`,
    ")",
    "print(message.content[0].text)",
  ].join("\n");
}

/** The environment in which Claude Code talks to the gateway. */
export function encodeClaudeCodeSnippet({ origin, key, modelIds }: SnippetInput): string {
  return [
    `export ANTHROPIC_BASE_URL="${origin}/anthropic"`,
    `export ANTHROPIC_AUTH_TOKEN="${key}"`,
    `export ANTHROPIC_MODEL="${pickClaudeModel(modelIds)}"`,
    "claude",
  ].join("\n");
}
