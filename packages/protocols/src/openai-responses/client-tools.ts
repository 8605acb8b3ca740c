import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { objectOrNull, parseObjectOrNull, stringOrNull } from "../body/json.js";
import type { ToolCallPart } from "../canonical/part.js";
import type { FunctionTool } from "../canonical/request.js";

/** A tool that the client runs and OpenAI's models know by its type, as a function and back. */
interface ClientTool {
  /** What the function must say; null for a tool that is not the client's own after all. */
  describe(tool: JsonObject): Pick<FunctionTool, "description" | "parameters"> | null;
  /** What a call's item holds beside its ids. The history's calls have the same for their input. */
  encodeCall(input: JsonObject): JsonObject;
}

const text = { type: "string" };
const texts = { type: "array", items: text };
const milliseconds = { type: "integer", description: "After how many milliseconds to give up." };

const clientTools: Readonly<Record<string, ClientTool>> = {
  local_shell: {
    describe: () => ({
      description: "Runs a command on the user's machine and returns what it printed.",
      parameters: describeInput(["command"], {
        command: { ...texts, description: 'The program and its arguments, such as ["bash", "-lc", "ls"].' },
        working_directory: text,
        timeout_ms: milliseconds,
        env: { type: "object", additionalProperties: text, description: "Variables of the environment." },
      }),
    }),
    encodeCall: ({ command, ...input }) => ({
      action: { env: {}, ...input, type: "exec", command: wordsOf(command, ["bash", "-lc"]) },
    }),
  },
  shell: {
    describe: (tool) =>
      runsElsewhere(tool)
        ? null
        : {
            description: "Runs commands in a shell on the user's machine and returns what each printed.",
            parameters: describeInput(["commands"], {
              commands: { ...texts, description: "Command lines; they may run at the same time." },
              timeout_ms: milliseconds,
              max_output_length: { type: "integer", description: "How many characters to return at most." },
            }),
          },
    encodeCall: ({ commands, ...input }) => ({
      action: { timeout_ms: null, max_output_length: null, ...input, commands: wordsOf(commands, []) },
    }),
  },
  apply_patch: {
    describe: () => ({
      description: "Creates, changes or deletes one file of the user's.",
      parameters: describeInput(["type", "path"], {
        type: { type: "string", enum: ["create_file", "update_file", "delete_file"] },
        path: text,
        diff: {
          type: "string",
          description:
            "A diff in V4A form, for create_file and update_file. Each line begins with a space (kept), - (removed) or + (added); a line @@, with a line of the file behind it where that helps, begins a place. Of a new file each line begins with +.",
        },
      }),
    }),
    encodeCall: (input) => ({ operation: input }),
  },
  tool_search: {
    // Without a word of the client's own the service searches, among tools that the request holds anyway.
    describe: ({ execution, description, parameters }) =>
      execution === "client"
        ? {
            description: stringOrNull(description) ?? "Searches for tools that can be called then.",
            parameters: objectOrNull(parameters) ?? describeInput(["query"], { query: text }),
          }
        : null,
    encodeCall: (input) => ({ execution: "client", arguments: input }),
  },
};

/** The tool as a function for models that do not know its type; null for a tool that has no such form. */
export function findClientTool(tool: JsonObject): FunctionTool | null {
  const name = String(tool.type);
  const described = Object.hasOwn(clientTools, name) ? (clientTools[name]?.describe(tool) ?? null) : null;
  return described === null
    ? null
    : { type: "function", name, namespace: null, ...described, strict: null, cache: null, clientTool: name };
}

/** A call of such a tool as the client knows it; null when its input is not whole, so that nobody may run it. */
export function encodeClientCall({ clientTool = "", input }: ToolCallPart): JsonObject | null {
  const given = parseObjectOrNull(input);
  const tool = clientTools[clientTool];
  return given === null || tool === undefined ? null : { type: `${clientTool}_call`, ...tool.encodeCall(given) };
}

function describeInput(required: readonly string[], properties: JsonObject): JsonObject {
  return { type: "object", properties, required };
}

/** A shell in a container of OpenAI's is not the client's. */
function runsElsewhere({ environment }: JsonObject): boolean {
  const type = objectOrNull(environment)?.type;
  return type !== undefined && type !== "local";
}

/** Models write one text where a list is asked for. */
function wordsOf(value: JsonValue | undefined, before: readonly string[]): JsonValue {
  return typeof value === "string" ? [...before, value] : (value ?? []);
}
