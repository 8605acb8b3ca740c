import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { stringOrNull } from "../body/json.js";
import { describeComputer, describeEditor, describeMemory, describeShell, type ToolForm } from "./client-tool-forms.js";

/** The tools that Anthropic defines and the client runs; a type ends in its version, a date. */
const forms: Readonly<Record<string, (tool: JsonObject, version: number) => ToolForm>> = {
  bash: describeShell,
  text_editor: describeEditor,
  memory: describeMemory,
  computer: describeComputer,
};
const typePattern = /^(bash|text_editor|memory|computer)_(\d{8})$/;

/** True for a tool that has its schema in the request, whoever runs it. */
export function isCustomTool({ type }: JsonObject): boolean {
  // The other APIs' word for it is not taken for a tool that runs elsewhere: nobody is to lose it unheard.
  return type === undefined || type === null || type === "custom" || type === "function";
}

/** True for a tool that Claude knows by its type and the client runs. */
export function isClientTool({ type }: JsonObject): boolean {
  return typeof type === "string" && typePattern.test(type);
}

/** The tool as a function for models that do not know its type: a call of it is what the client runs. Null for any other tool. */
export function findToolForm(tool: JsonObject): ToolForm | null {
  const [, name = "", version = ""] = typePattern.exec(stringOrNull(tool.type) ?? "") ?? [];
  return forms[name]?.(tool, Number(version)) ?? null;
}

/** What a tool without a name of its own, such as a set of an MCP server's tools, is called in warnings. */
export function nameTool(tool: JsonObject): string {
  const names: readonly (JsonValue | undefined)[] = [tool.name, tool.mcp_server_name, tool.type];
  return names.find((name): name is string => typeof name === "string") ?? "tool";
}
