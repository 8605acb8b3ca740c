import type { Operation } from "./openapi-document";

/** What a request is written with. */
export interface RequestCode {
  origin: string;
  operation: Operation;
  /** The body as JSON text; null when it has none. */
  body: string | null;
  /** The key or session token, or what stands for it. */
  credential: string;
}

export const codeLanguages = ["curl", "python", "typescript"] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

const dialects: Record<CodeLanguage, (code: RequestCode) => string> = {
  curl: encodeCurl,
  python: encodePython,
  typescript: encodeTypescript,
};

/** The request as code that can be run as it is, once the path and the credential are filled in. */
export function encodeRequestCode(language: CodeLanguage, code: RequestCode): string {
  return dialects[language](code);
}

function urlOf({ origin, operation }: RequestCode): string {
  return `${origin}${operation.path}`;
}

function headersOf({ operation, body, credential }: RequestCode): readonly (readonly [string, string])[] {
  return [
    ...(operation.access === "public" ? [] : [["Authorization", `Bearer ${credential}`] as const]),
    ...(operation.path.includes("/messages") ? [["anthropic-version", "2023-06-01"] as const] : []),
    ...(body === null ? [] : [["Content-Type", "application/json"] as const]),
  ];
}

function encodeCurl(code: RequestCode): string {
  const { operation, body } = code;
  const method = operation.method === "get" ? "" : ` -X ${operation.method.toUpperCase()}`;
  const lines = [
    `curl${method} "${urlOf(code)}"`,
    // Double quotes, for a shell variable to be filled in.
    ...headersOf(code).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === null ? [] : [`-d '${body.replaceAll("'", "'\\''")}'`]),
  ];
  return lines.join(" \\\n  ");
}

function encodePython(code: RequestCode): string {
  const { operation, body } = code;
  const headers = headersOf(code).filter(([name]) => name !== "Content-Type");
  return [
    "import requests",
    "",
    `response = requests.${operation.method}(`,
    `    "${urlOf(code)}",`,
    ...(headers.length === 0
      ? []
      : [`    headers={${headers.map(([name, value]) => `"${name}": "${value}"`).join(", ")}},`]),
    ...(body === null ? [] : [`    json=${indent(encodePythonValue(JSON.parse(body)), 4)},`]),
    ")",
    "print(response.status_code, response.text)",
  ].join("\n");
}

function encodeTypescript(code: RequestCode): string {
  const { operation, body } = code;
  const headers = headersOf(code);
  return [
    `const response = await fetch("${urlOf(code)}", {`,
    `  method: "${operation.method.toUpperCase()}",`,
    ...(headers.length === 0
      ? []
      : ["  headers: {", ...headers.map(([name, value]) => `    "${name}": "${value}",`), "  },"]),
    ...(body === null ? [] : [`  body: JSON.stringify(${indent(body, 2)}),`]),
    "});",
    "console.log(response.status, await response.text());",
  ].join("\n");
}

function indent(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

/** JSON as Python writes it. */
function encodePythonValue(value: unknown, depth = 0): string {
  const pad = "    ".repeat(depth + 1);
  const end = "    ".repeat(depth);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${pad}${encodePythonValue(item, depth + 1)},\n`).join("")}${end}]`;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value);
    if (entries.length === 0) return "{}";
    const lines = entries.map(
      ([name, item]) => `${pad}${JSON.stringify(name)}: ${encodePythonValue(item, depth + 1)},\n`,
    );
    return `{\n${lines.join("")}${end}}`;
  }
  return JSON.stringify(value);
}
