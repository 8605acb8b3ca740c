import { type ChatProtocol, protocolPaths } from "#lib/chat/conversation";

export const codeLanguages = ["curl", "python", "typescript"] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

type Json = Record<string, unknown>;

const maxDataUrl = 200;

/** A body with its pictures and files named instead of spelled out, so that the code can be read. */
export function withPlaceholders(body: Json): Json {
  return JSON.parse(
    JSON.stringify(body, (name, value: unknown) => {
      if (typeof value !== "string" || value.length < maxDataUrl) return value;
      if (/^data:[\w/+.-]+;base64,/u.test(value)) return `${value.slice(0, value.indexOf(",") + 1)}…`;
      return name === "data" && /^[\w+/=]+$/u.test(value) ? "…" : value;
    }),
  );
}

/** The request as code: exactly what was sent, with the key left to the environment. */
export function encodeCode(language: CodeLanguage, protocol: ChatProtocol, origin: string, body: Json): string {
  const readable = withPlaceholders(body);
  switch (language) {
    case "curl":
      return encodeCurl(protocol, origin, readable);
    case "python":
      return encodePython(protocol, origin, readable);
    case "typescript":
      return encodeTypescript(protocol, origin, readable);
  }
}

function encodeCurl(protocol: ChatProtocol, origin: string, body: Json): string {
  return [
    `curl ${origin}${protocolPaths[protocol]} \\`,
    `  -H "Authorization: Bearer $COPILOT_LLM_KEY" \\`,
    ...(protocol === "messages" ? [`  -H "anthropic-version: 2023-06-01" \\`] : []),
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)}'`,
  ].join("\n");
}

const pythonCalls: Record<ChatProtocol, string> = {
  chat: "client.chat.completions.create",
  responses: "client.responses.create",
  messages: "client.messages.create",
};

function encodePython(protocol: ChatProtocol, origin: string, body: Json): string {
  const isAnthropic = protocol === "messages";
  const base = isAnthropic ? `${origin}/anthropic` : `${origin}/openai/v1`;
  const client = isAnthropic ? "Anthropic" : "OpenAI";
  const fields = Object.entries(body).map(([name, value]) => `    ${name}=${encodePythonValue(value, 1)},`);
  return [
    "import os",
    "",
    `from ${isAnthropic ? "anthropic" : "openai"} import ${client}`,
    "",
    `client = ${client}(base_url="${base}", api_key=os.environ["COPILOT_LLM_KEY"])`,
    `stream = ${pythonCalls[protocol]}(`,
    ...fields,
    ")",
    "for event in stream:",
    "    print(event)",
  ].join("\n");
}

function encodePythonValue(value: unknown, depth: number): string {
  const inner = "    ".repeat(depth + 1);
  const outer = "    ".repeat(depth);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${inner}${encodePythonValue(item, depth + 1)},`).join("\n")}\n${outer}]`;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value);
    if (entries.length === 0) return "{}";
    const lines = entries.map(
      ([name, item]) => `${inner}${JSON.stringify(name)}: ${encodePythonValue(item, depth + 1)},`,
    );
    return `{\n${lines.join("\n")}\n${outer}}`;
  }
  return JSON.stringify(value);
}

function encodeTypescript(protocol: ChatProtocol, origin: string, body: Json): string {
  const isAnthropic = protocol === "messages";
  const base = isAnthropic ? `${origin}/anthropic` : `${origin}/openai/v1`;
  const client = isAnthropic ? "Anthropic" : "OpenAI";
  return [
    `import ${client} from "${isAnthropic ? "@anthropic-ai/sdk" : "openai"}";`,
    "",
    `const client = new ${client}({ baseURL: "${base}", apiKey: process.env.COPILOT_LLM_KEY });`,
    `const stream = await ${pythonCalls[protocol]}(${JSON.stringify(body, null, 2)});`,
    "for await (const event of stream) console.log(event);",
  ].join("\n");
}
