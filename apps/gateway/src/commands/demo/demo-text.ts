const chatModel = "gpt-5-mini";
const messagesModel = "claude-sonnet-4.6";

/** A streamed Chat request to a model that costs nothing. */
export function chatRequest(text: string) {
  return { model: chatModel, stream: true, messages: [{ role: "user", content: text }] };
}

/** What the demo prints once it answers. */
export function encodeDemoText(
  url: string,
  { username, password }: { readonly username: string; readonly password: string },
  key: string,
): string {
  const messages = { model: messagesModel, max_tokens: 100, messages: [{ role: "user", content: "Hello" }] };
  return `
All of this is simulated: a local program plays GitHub and Copilot, the answers are echoes, and nothing leaves this machine.
For the real service: GITHUB_TOKEN=… copilot-llm start (in the repository: npm start)

  Console   ${url}/   user ${username}, password ${password}
  Key       ${key}

  OpenAI, streaming:
    curl -N ${url}/openai/v1/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${JSON.stringify(chatRequest("Hello"))}'

  Anthropic:
    curl ${url}/anthropic/v1/messages -H 'x-api-key: ${key}' -H 'anthropic-version: 2023-06-01' -H 'Content-Type: application/json' -d '${JSON.stringify(messages)}'

  A coding agent: copilot-llm connect claude-code --url ${url} --key ${key}

Ctrl-C stops everything; the demo's data goes with it.`;
}
