import { type JsonObject, objectsOf, stringOf } from "../../json-value.js";
import { inputItems } from "../../wires/responses/read-request.js";

/** A tool definition and where it stands: `tools[0]`, `input[0].tools[1].tools[0]`. */
export interface LocatedTool {
  readonly at: string;
  readonly tool: JsonObject;
}

/** Every tool that is offered: on top, in `additional_tools` items, and inside namespaces. */
export function locateTools(body: JsonObject): LocatedTool[] {
  const inItems = inputItems(body).flatMap((item, index) => locateIn(item.tools, `input[${index}].tools`));
  return [...locateIn(body.tools, "tools"), ...inItems];
}

function locateIn(list: unknown, at: string): LocatedTool[] {
  return objectsOf(list).flatMap((tool, index) => [
    { at: `${at}[${index}]`, tool },
    ...locateIn(tool.tools, `${at}[${index}].tools`),
  ]);
}

/** A content part of a message, a thought, an agent's message or a tool's output. */
export interface LocatedPart {
  readonly at: string;
  readonly part: JsonObject;
}

const partFields: Readonly<Record<string, string>> = {
  message: "content",
  reasoning: "content",
  agent_message: "content",
  function_call_output: "output",
  custom_tool_call_output: "output",
};

export function locateParts(body: JsonObject): LocatedPart[] {
  return inputItems(body).flatMap((item, index) => {
    const field = partFields[itemType(item)] ?? "";
    return objectsOf(item[field]).map((part, position) => ({ at: `input[${index}].${field}[${position}]`, part }));
  });
}

/** The type of an item; a message need not say it. */
export function itemType(item: JsonObject): string {
  return stringOf(item.type) || "message";
}
