import type { JsonObject } from "@copilot-llm/model";

/** `NAME=value` lines. Values without anything to quote stay bare: not every reader of such files takes quotes away. */
export function encodeDotenv(variables: JsonObject): string {
  return Object.entries(variables)
    .map(([name, value]) => `${encodeDotenvLine(name, String(value))}\n`)
    .join("");
}

/** One line of such a file. */
export function encodeDotenvLine(name: string, value: string): string {
  return `${name}=${/^[\w./:@+-]*$/.test(value) ? value : JSON.stringify(value)}`;
}
