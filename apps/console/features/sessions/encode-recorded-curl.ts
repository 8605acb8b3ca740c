const paths: Readonly<Record<string, string>> = {
  "openai-chat": "/openai/v1/chat/completions",
  "openai-responses": "/openai/v1/responses",
  "anthropic-messages": "/anthropic/v1/messages",
  "openai-embeddings": "/openai/v1/embeddings",
};

/** A recorded request as a command line, with the key left to the environment. */
export function encodeRecordedCurl(origin: string, protocol: string, body: string): string {
  const lines = [
    `curl ${origin}${paths[protocol] ?? ""} \\`,
    `  -H "Authorization: Bearer $COPILOT_LLM_KEY" \\`,
    ...(protocol === "anthropic-messages" ? [`  -H "anthropic-version: 2023-06-01" \\`] : []),
    `  -H "Content-Type: application/json" \\`,
    `  -d '${body.replaceAll("'", `'\\''`)}'`,
  ];
  return lines.join("\n");
}
