/**
 * Cuts Markdown where a blank line stands between blocks, so that only the last block changes while more text comes.
 * Never inside a fence of code, and never before something that may belong to the block above it: an indented line, a
 * list's next entry, a table's row.
 */
export function splitBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
    }
    block.push(line);
    const next = lines[index + 1];
    const isBoundary = fence === null && line.trim() === "" && next !== undefined && startsBlock(next);
    if (isBoundary && block.some((one) => one.trim() !== "")) {
      blocks.push(block.join("\n"));
      block = [];
    }
  });
  if (block.some((one) => one.trim() !== "")) blocks.push(block.join("\n"));
  return blocks;
}

function startsBlock(line: string): boolean {
  return line.trim() !== "" && !/^(\s|[-*+]\s|\d+[.)]\s|\||>|\[)/u.test(line);
}
