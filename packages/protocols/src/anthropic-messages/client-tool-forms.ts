import type { JsonObject } from "@copilot-llm/model";

/** What a function says in place of a tool that Claude knows by its type. */
export interface ToolForm {
  readonly description: string;
  readonly parameters: JsonObject;
}

const text = (description: string): JsonObject => ({ type: "string", description });
const integer = (description: string): JsonObject => ({ type: "integer", description });
const choice = (values: readonly string[], description: string): JsonObject => ({
  type: "string",
  enum: values,
  description,
});
const integers = (count: number, description: string): JsonObject => ({
  type: "array",
  items: { type: "integer" },
  minItems: count,
  maxItems: count,
  description,
});
const input = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: "object",
  properties,
  required,
});

/** `bash`. */
export function describeShell(): ToolForm {
  return {
    description:
      "Runs a command in a bash session that stays open, so that its directory and variables are kept between calls. " +
      "Answers what the command wrote.",
    parameters: input(
      {
        command: text("The command to run. Needed unless `restart` is true."),
        restart: { type: "boolean", description: "True: ends the session and begins a new one." },
      },
      [],
    ),
  };
}

const firstWithoutUndo = 20250429;
const firstWithInsertText = 20250728;

/** `text_editor`. */
export function describeEditor(tool: JsonObject, version: number): ToolForm {
  const hasUndo = version < firstWithoutUndo;
  const hasInsertText = version >= firstWithInsertText;
  const commands = ["view", "create", "str_replace", "insert", ...(hasUndo ? ["undo_edit"] : [])];
  const most = typeof tool.max_characters === "number" ? ` At most ${tool.max_characters} characters are shown.` : "";
  const replacement = "With `str_replace`: what stands there instead; nothing when left out.";
  return {
    description: `Shows text files and directories, makes new files, and changes files.${most}`,
    parameters: input(
      {
        command: choice(commands, "What to do."),
        path: text("The path of the file or directory."),
        view_range: integers(
          2,
          "With `view`: the first and the last line to show, from 1 on; -1 is the last of the file.",
        ),
        file_text: text("With `create`: the content of the new file."),
        old_str: text(
          "With `str_replace`: the text to replace, exactly as in the file, where it must stand once only.",
        ),
        new_str: text(hasInsertText ? replacement : `${replacement} With \`insert\`: the text to put in.`),
        insert_line: integer("With `insert`: the line behind which the text comes; 0 is the beginning of the file."),
        ...(hasInsertText ? { insert_text: text("With `insert`: the text to put in.") } : {}),
      },
      ["command", "path"],
    ),
  };
}

/** `memory`. */
export function describeMemory(): ToolForm {
  return {
    description:
      "Keeps notes in files below `/memories`, which later conversations can read. Look at the directory before a task, and " +
      "write down what will be needed again.",
    parameters: input(
      {
        command: choice(["view", "create", "str_replace", "insert", "delete", "rename"], "What to do."),
        path: text("The path of the file or directory, below `/memories`. For all commands but `rename`."),
        view_range: integers(2, "With `view`: the first and the last line to show, from 1 on."),
        file_text: text("With `create`: the content of the file."),
        old_str: text("With `str_replace`: the text to replace, exactly as in the file."),
        new_str: text("With `str_replace`: what stands there instead."),
        insert_line: integer("With `insert`: the line behind which the text comes; 0 is the beginning of the file."),
        insert_text: text("With `insert`: the text to put in."),
        old_path: text("With `rename`: the path as it is."),
        new_path: text("With `rename`: the path as it is to be."),
      },
      ["command"],
    ),
  };
}

const firstActions = [
  "key",
  "type",
  "mouse_move",
  "left_click",
  "left_click_drag",
  "right_click",
  "middle_click",
  "double_click",
  "screenshot",
  "cursor_position",
];
const laterActions = ["left_mouse_down", "left_mouse_up", "triple_click", "scroll", "hold_key", "wait"];
const firstWithLaterActions = 20250124;

/** `computer`. The size of the display is in the description. */
export function describeComputer(tool: JsonObject, version: number): ToolForm {
  const hasLater = version >= firstWithLaterActions;
  const canZoom = tool.enable_zoom === true;
  const actions = [...firstActions, ...(hasLater ? laterActions : []), ...(canZoom ? ["zoom"] : [])];
  const { display_width_px: width, display_height_px: height, display_number: number } = tool;
  const size =
    typeof width === "number" && typeof height === "number" ? ` The display is ${width} by ${height} pixels.` : "";
  const which = typeof number === "number" ? ` It is the X11 display ${number}.` : "";
  return {
    description:
      `Uses a computer by its mouse, its keyboard and screenshots.${size}${which} ` +
      "Take a screenshot first to see where things are, and another one to see what an action did.",
    parameters: input(
      {
        action: choice(actions, "What to do."),
        coordinate: integers(
          2,
          "Where on the display, x and y in pixels from its upper left; of a drag, where it ends.",
        ),
        start_coordinate: integers(2, "With `left_click_drag`: where it begins, x and y."),
        text: text(
          "With `type`: the text. With `key` and `hold_key`: the key or keys, such as `Return` or `ctrl+s`. " +
            "With a click or `scroll`: a key that is held meanwhile.",
        ),
        ...(hasLater
          ? {
              scroll_direction: choice(["up", "down", "left", "right"], "With `scroll`: which way."),
              scroll_amount: integer("With `scroll`: by how many clicks of the wheel."),
              duration: { type: "number", description: "With `hold_key` and `wait`: for how many seconds." },
            }
          : {}),
        ...(canZoom
          ? {
              region: integers(
                4,
                "With `zoom`: the part of the display to see in full: x and y of two opposite corners.",
              ),
            }
          : {}),
      },
      ["action"],
    ),
  };
}
