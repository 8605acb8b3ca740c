import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import { translateRequest } from "../testing/translate-request.js";

const model = catalogueModel();
const asked = { model: "m", max_tokens: 9, messages: [{ role: "user", content: "x" }] };

interface SentFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: { readonly properties: Record<string, JsonObject>; readonly required: string[] };
}

function sent(wire: Wire, more: JsonObject) {
  const { body, warnings } = translateRequest(
    "anthropic-messages",
    wire,
    { ...asked, ...more },
    { modelId: "m", model },
  );
  const { tools = [], tool_choice: choice } = JSON.parse(Buffer.from(body).toString());
  const functions: SentFunction[] = tools.map((tool: { function?: SentFunction }) => tool.function ?? tool);
  return { functions, choice, warnings };
}

/** The one tool, the same on both wires. */
function functionOf(tool: JsonObject): SentFunction {
  const [onChat] = sent("openai-chat", { tools: [tool] }).functions;
  const [onResponses] = sent("openai-responses", { tools: [tool] }).functions;
  if (onChat === undefined) throw new Error("the tool is lost");
  expect(onResponses).toMatchObject(onChat);
  return onChat;
}

describe("tools that Anthropic defines and the client runs, on other wires", () => {
  it.each<[tool: JsonObject, inputs: readonly string[], required: readonly string[]]>([
    [{ type: "bash_20250124", name: "bash" }, ["command", "restart"], []],
    [
      { type: "text_editor_20250728", name: "str_replace_based_edit_tool" },
      ["command", "path", "view_range", "file_text", "old_str", "new_str", "insert_line", "insert_text"],
      ["command", "path"],
    ],
    [
      { type: "text_editor_20250124", name: "str_replace_editor" },
      ["command", "path", "view_range", "file_text", "old_str", "new_str", "insert_line"],
      ["command", "path"],
    ],
    [
      { type: "memory_20250818", name: "memory" },
      [
        "command",
        "path",
        "view_range",
        "file_text",
        "old_str",
        "new_str",
        "insert_line",
        "insert_text",
        "old_path",
        "new_path",
      ],
      ["command"],
    ],
    [
      { type: "computer_20251124", name: "computer", display_width_px: 1024, display_height_px: 768 },
      ["action", "coordinate", "start_coordinate", "text", "scroll_direction", "scroll_amount", "duration"],
      ["action"],
    ],
  ])("are functions of their name: %j", (tool, inputs, required) => {
    const { name, description, parameters } = functionOf(tool);
    expect(name).toBe(tool.name);
    expect(description).not.toBe("");
    expect(Object.keys(parameters.properties)).toEqual(inputs);
    expect(parameters.required).toEqual(required);
  });

  it("offer what their version can do", () => {
    const commands = (type: string) => functionOf({ type, name: "e" }).parameters.properties.command?.enum;
    expect(commands("text_editor_20250728")).toEqual(["view", "create", "str_replace", "insert"]);
    expect(commands("text_editor_20241022")).toContain("undo_edit");
    const computer = (type: string, more: JsonObject = {}) => functionOf({ type, name: "c", ...more });
    const actions = (...of: Parameters<typeof computer>) => computer(...of).parameters.properties.action?.enum;
    expect(actions("computer_20241022")).not.toContain("scroll");
    expect(actions("computer_20250124")).toContain("scroll");
    expect(actions("computer_20250124")).not.toContain("zoom");
    expect(actions("computer_20251124", { enable_zoom: true })).toContain("zoom");
    const sized = computer("computer_20250124", { display_width_px: 1024, display_height_px: 768 });
    expect(sized.description).toContain("1024 by 768");
  });

  it("can be chosen, while what runs at the service is left out with a warning", () => {
    for (const wire of ["openai-chat", "openai-responses"] as const) {
      const tools = [
        { type: "bash_20250124", name: "bash" },
        { type: "mcp_toolset", mcp_server_name: "notes" },
        { type: "advisor_20260301", name: "advisor" },
      ];
      const { functions, choice, warnings } = sent(wire, { tools, tool_choice: { type: "tool", name: "bash" } });
      expect(functions.map(({ name }) => name)).toEqual(["bash"]);
      expect(JSON.stringify(choice)).toContain('"name":"bash"');
      expect(warnings.join()).toMatch(/`notes`.*`advisor`/);
    }
  });
});
