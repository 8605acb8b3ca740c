import type { MessagePart, ToolOutput } from "#lib/api/use-sessions";
import { formatJson } from "#lib/format-json";
import type { ConversationTools } from "./collect-tools";
import type { ShownTurn, TurnRow } from "./split-turns";

export type TextPart = Extract<MessagePart, { type: "text" }>;

interface ListTurnTextsOptions {
  tools: ConversationTools;
  isPlain: boolean;
  /** The words of a text that is shown as Markdown. */
  readMarkdown: (part: TextPart) => readonly string[];
}

/** What stands in a row of a conversation, in the order in which it is read, but for the console's own words. */
export function listTurnTexts(row: TurnRow<ShownTurn>, options: ListTurnTextsOptions): readonly string[] {
  const { turn, messages, isFirst, isLast } = row;
  const setting = isFirst ? [turn.system ?? "", ...(turn.tools ?? []).flatMap(listToolTexts)] : [];
  return [
    ...setting,
    ...messages.flatMap(({ role, parts }) =>
      listPartTexts(parts, { ...options, isPlain: options.isPlain || role !== "assistant" }),
    ),
    ...(isLast ? listPartTexts(turn.answer ?? [], options) : []),
  ];
}

function listToolTexts({ name, description }: NonNullable<ShownTurn["tools"]>[number]): readonly string[] {
  return [name, description ?? ""];
}

function listPartTexts(parts: readonly MessagePart[], options: ListTurnTextsOptions): readonly string[] {
  const { isPlain, tools, readMarkdown } = options;
  return parts.flatMap((part): readonly string[] => {
    switch (part.type) {
      case "text":
        return isPlain ? [part.text] : readMarkdown(part);
      case "image":
      case "file":
        return [nameOf(part)];
      case "refusal":
      case "reasoning":
        return [part.text];
      case "tool_call": {
        const result = tools.results.get(part.call_id);
        return [part.name, formatJson(part.input), ...(result?.output ?? []).map(textOf)];
      }
      case "tool_result":
        return tools.calls.has(part.call_id) ? [] : [part.call_id, ...part.output.map(textOf)];
      case "other":
        return [JSON.stringify(part.item, null, 2)];
    }
    return [];
  });
}

function textOf(output: ToolOutput): string {
  return output.type === "text" ? output.text : nameOf(output);
}

/** What a picture or a file that is not shown is called. */
function nameOf(output: Exclude<ToolOutput, { type: "text" }>): string {
  const url = output.url?.startsWith("data:") === true ? null : output.url;
  return (output.type === "file" ? output.filename : null) ?? url ?? "";
}
