import { type ConversationTree, pathOf, wordsOf } from "./conversation-tree";

/** Conversations as a document: what was said and answered, side after side. */
export function encodeMarkdown(models: readonly string[], trees: readonly ConversationTree[]): string {
  return trees
    .map((tree, index) => {
      const steps = pathOf(tree).map((node) => {
        if (node.kind === "user") return `**User**\n\n${wordsOf(node.parts)}`;
        if (node.kind === "tool")
          return node.results.map(({ text }) => `**Tool**\n\n\`\`\`\n${text}\n\`\`\``).join("\n\n");
        const { text, toolCalls } = node.answer.exchange.answer;
        const calls = toolCalls.map(({ name, arguments: input }) => `\`${name}(${input})\``);
        return [`**${node.answer.model}**`, text, ...calls].filter((part) => part !== "").join("\n\n");
      });
      return [`# ${models[index] ?? ""}`, ...steps].join("\n\n");
    })
    .join("\n\n---\n\n");
}
