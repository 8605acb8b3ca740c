import { isJsonObject } from "../json-value.js";
import type { OfferedTool } from "../wires/model-request.js";
import { sampleValue } from "./sample-value.js";
import type { PlannedPart } from "./script.js";

/** The job that coding agents are given in tests: write a file, read it back, finish. */
export interface AgentGoal {
  readonly path: string;
  readonly content: string;
}

const goalPattern = /create (?:the |a )?file\s+["'`]?([^\s"'`]+)["'`]?\s+containing exactly\s+([^\n]+)/i;
const pathKeys = ["file_path", "filePath", "path", "filename"];
const contentKeys = ["content", "contents", "file_text", "text"];
const commandKeys = ["command", "cmd"];

/** Finds `create the file PATH containing exactly TEXT` in a user message. */
export function parseAgentGoal(text: string): AgentGoal | undefined {
  const match = goalPattern.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { path: match[1], content: match[2].trim().replace(/^["'`]|["'`]$/g, "") };
}

/** The parts of the agent's answer number `step`, chosen from the tools offered; undefined when none of them fits. */
export function planAgentStep(
  goal: AgentGoal,
  step: number,
  tools: readonly OfferedTool[],
  lastResult: string,
): readonly PlannedPart[] | undefined {
  if (step >= 2) return [{ type: "text", text: `Done. ${goal.path} contains: ${lastResult}` }];
  const call = step === 0 ? writeCall(goal, tools) : readCall(goal, tools);
  if (call === undefined) return undefined;
  return [{ type: "text", text: step === 0 ? "I will create the file." : "Now I will read it back." }, call];
}

function writeCall(goal: AgentGoal, tools: readonly OfferedTool[]): PlannedPart | undefined {
  const writer = tools.find(
    (tool) => /write|create/i.test(tool.name) && keyOf(tool, pathKeys) && keyOf(tool, contentKeys),
  );
  if (writer !== undefined) {
    return functionCall(writer, {
      [keyOf(writer, pathKeys) ?? ""]: goal.path,
      [keyOf(writer, contentKeys) ?? ""]: goal.content,
    });
  }
  const shell = shellCall(tools, `printf %s ${quote(goal.content)} > ${quote(goal.path)}`);
  if (shell !== undefined) return shell;
  const patch = `*** Begin Patch\n*** Add File: ${goal.path}\n+${goal.content}\n*** End Patch\n`;
  return textCall(tools, "apply_patch", patch);
}

function readCall(goal: AgentGoal, tools: readonly OfferedTool[]): PlannedPart | undefined {
  const reader = tools.find((tool) => /^read/i.test(tool.name) && keyOf(tool, pathKeys));
  if (reader !== undefined) return functionCall(reader, { [keyOf(reader, pathKeys) ?? ""]: goal.path });
  return shellCall(tools, `cat ${quote(goal.path)}`);
}

/** A shell tool, or a free-text tool that runs JavaScript with a shell inside. */
function shellCall(tools: readonly OfferedTool[], command: string): PlannedPart | undefined {
  const shell = tools.find((tool) => /bash|shell|exec/i.test(tool.name) && keyOf(tool, commandKeys));
  if (shell !== undefined) {
    const key = keyOf(shell, commandKeys) ?? "";
    const takesList = schemaOf(shell, key).type === "array";
    return functionCall(shell, { [key]: takesList ? ["bash", "-c", command] : command });
  }
  const program = `const r = await tools.exec_command({cmd: ${JSON.stringify(command)}}); text(JSON.stringify(r));`;
  return textCall(tools, "exec", program);
}

/** A call of a tool that takes free text; a proxy may have made it a function with one string, its namespace in the name. */
function textCall(tools: readonly OfferedTool[], name: string, text: string): PlannedPart | undefined {
  const custom = tools.find((tool) => tool.kind === "custom" && tool.name === name);
  if (custom !== undefined) return { type: "tool-call", tool: custom.name, argumentsText: text };
  const wrapped = tools.find((tool) => tool.name.split("__").at(-1) === name && keyOf(tool, ["input"]));
  return wrapped === undefined ? undefined : functionCall(wrapped, { input: text });
}

/** Fills the remaining required arguments with samples. */
function functionCall(tool: OfferedTool, values: Readonly<Record<string, unknown>>): PlannedPart {
  const required = sampleValue(tool.schema, "sample");
  const filled = { ...(isJsonObject(required) && Array.isArray(tool.schema.required) ? required : {}), ...values };
  return { type: "tool-call", tool: tool.name, argumentsText: JSON.stringify(filled) };
}

function keyOf(tool: OfferedTool, keys: readonly string[]): string | undefined {
  const properties = tool.schema.properties;
  return isJsonObject(properties) ? keys.find((key) => key in properties) : undefined;
}

function schemaOf(tool: OfferedTool, key: string): Record<string, unknown> {
  const properties = tool.schema.properties;
  const schema = isJsonObject(properties) ? properties[key] : undefined;
  return isJsonObject(schema) ? schema : {};
}

function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
