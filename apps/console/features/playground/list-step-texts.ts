import { formatJson } from "#lib/format-json";
import { filesOf, type PlayNode, wordsOf } from "./conversation-tree";

interface ListStepTextsOptions {
  /** The step after it: what was given back for its calls. */
  next: PlayNode | undefined;
  /** The words of an answer, as Markdown. */
  readMarkdown: (node: PlayNode, text: string) => readonly string[];
}

/** What stands in a step of a conversation, in the order in which it is read, but for the console's own words. */
export function listStepTexts(node: PlayNode, { next, readMarkdown }: ListStepTextsOptions): readonly string[] {
  if (node.kind === "tool") return [];
  if (node.kind === "user") {
    const names = filesOf(node.parts).flatMap((file) => (file.kind === "image" ? [] : [file.name]));
    return [...names, wordsOf(node.parts)];
  }
  const { text, reasoning, refusal, toolCalls, error } = node.answer.exchange.answer;
  const results = next?.kind === "tool" ? next.results : [];
  return [
    reasoning,
    ...(text === "" ? [] : readMarkdown(node, text)),
    refusal,
    ...toolCalls.flatMap((call) => [
      call.name,
      formatJson(call.arguments),
      results.find(({ callId }) => callId === call.id)?.text ?? "",
    ]),
    error?.message ?? "",
  ];
}
