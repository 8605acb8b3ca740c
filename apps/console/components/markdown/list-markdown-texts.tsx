import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { splitBlocks } from "./split-blocks";

/** A node of a text's tree, as far as its words go. */
interface TextNode {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Readonly<Record<string, unknown>>;
  children?: readonly TextNode[];
}

const blocks = new Set(["p", "li", "pre", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]);

/** The words of a Markdown text, paragraph by paragraph, as they stand on the page when it is shown. */
export function listMarkdownTexts(text: string): readonly string[] {
  return splitBlocks(text).flatMap((block) => {
    const runs: string[] = [""];
    const collect = () => (tree: TextNode) => addRuns(tree, runs);
    // Called, not rendered: it has no hooks, and the plugin hears of the tree.
    ReactMarkdown({ children: block, remarkPlugins: [remarkGfm], rehypePlugins: [collect] });
    return runs.filter((run) => run.trim() !== "");
  });
}

function addRuns(node: TextNode, runs: string[]): void {
  const isBlock = node.tagName !== undefined && blocks.has(node.tagName);
  if (isBlock) runs.push("");
  const words = node.tagName === "img" ? wordsOfImage(node.properties) : (node.value ?? "");
  runs[runs.length - 1] += words;
  for (const child of node.children ?? []) addRuns(child, runs);
  if (isBlock) runs.push("");
}

/** An image is shown as what it is called. */
function wordsOfImage({ alt, src }: Readonly<Record<string, unknown>> = {}): string {
  const name = typeof alt === "string" && alt !== "" ? alt : src;
  return typeof name === "string" ? name : "";
}
