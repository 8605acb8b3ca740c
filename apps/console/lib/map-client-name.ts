/** How clients name themselves in their user agent -> what people call them. */
const clients: readonly (readonly [RegExp, string])[] = [
  [/^claude-cli\/([\d.]+)/u, "Claude Code"],
  [/^codex[\w-]*\/([\d.]+)/iu, "Codex"],
  [/^opencode\/([\d.]+)/u, "opencode"],
  [/^copilot\/([\d.]+)/iu, "Copilot CLI"],
  [/^qwen-?code\/([\d.]+)/iu, "qwen-code"],
  [/^cline\/([\d.]+)/iu, "Cline"],
  [/^cursor\/([\d.]+)/iu, "Cursor"],
  [/^zed\/([\d.]+)/iu, "Zed"],
  [/^(?:Async)?OpenAI\/Python ([\d.]+)/u, "OpenAI Python"],
  [/^OpenAI\/JS ([\d.]+)/u, "OpenAI JS"],
  [/^(?:Async)?Anthropic\/Python ([\d.]+)/u, "Anthropic Python"],
  [/^Anthropic\/JS ([\d.]+)/u, "Anthropic JS"],
  [/^ai-sdk\/[\w-]+\/([\d.]+)/u, "Vercel AI SDK"],
  [/^litellm\/([\d.]+)/u, "LiteLLM"],
  [/^Mozilla\//u, "Browser"],
];

/** What occurs in the user agents of the clients that people use most -> what they call them. */
export const commonClients = [
  ["claude-cli", "Claude Code"],
  ["codex", "Codex"],
  ["opencode", "opencode"],
  ["copilot/", "Copilot CLI"],
  ["qwen", "qwen-code"],
  ["cline", "Cline"],
  ["cursor", "Cursor"],
  ["zed/", "Zed"],
  ["openai/python", "OpenAI Python"],
  ["openai/js", "OpenAI JS"],
  ["anthropic/python", "Anthropic Python"],
  ["anthropic/js", "Anthropic JS"],
  ["litellm", "LiteLLM"],
] as const;

/** The client behind a user agent with its version; else the first product that it names. */
export function mapClientName(userAgent: string): string {
  for (const [pattern, name] of clients) {
    const found = pattern.exec(userAgent);
    if (found !== null) return found[1] === undefined ? name : `${name} ${found[1]}`;
  }
  return userAgent.split(" ")[0] ?? userAgent;
}
