/** Text runs on within these, whatever is marked up in it. */
const blocks = "p, li, pre, td, th, dt, dd, summary, h1, h2, h3, h4, blockquote, div";

/** A place in a text node. */
interface Point {
  node: Node;
  from: number;
}

/**
 * Where a text occurs below an element, in any case, in the order in which it is read; across what is emphasised or
 * coloured, not across paragraphs. What lies below an element that fits `skip` is left out.
 */
export function findText(root: Element, text: string, skip?: string): readonly Range[] {
  const wanted = text.toLowerCase();
  if (wanted === "") return [];
  const found: Range[] = [];
  for (const nodes of listRuns(root, skip)) {
    const points: Point[] = [];
    let content = "";
    for (const node of nodes) {
      points.push({ node, from: content.length });
      content += lowerCase(node.textContent ?? "");
    }
    for (const at of findPlaces(content, wanted)) found.push(createRange(points, at, at + wanted.length));
  }
  return found;
}

/** Where a text occurs in another that is in lower case, as is the text. */
export function findPlaces(content: string, wanted: string): readonly number[] {
  const places: number[] = [];
  for (let at = content.indexOf(wanted); at !== -1; at = content.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

/** In lower case and as long as it was: of the few letters that would become two, none changes. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text]
    .map((letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
    .join("");
}

/** The text nodes below an element, those of one block together. */
function listRuns(root: Element, skip: string | undefined): readonly (readonly Node[])[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const runs: Node[][] = [];
  let block: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (skip !== undefined && parent?.closest(skip) != null) continue;
    const own = parent?.closest(blocks) ?? root;
    if (own === block) runs.at(-1)?.push(node);
    else runs.push([node]);
    block = own;
  }
  return runs;
}

function createRange(points: readonly Point[], start: number, end: number): Range {
  const range = document.createRange();
  const first = points.findLast(({ from }) => from <= start);
  const last = points.findLast(({ from }) => from < end);
  if (first !== undefined) range.setStart(first.node, start - first.from);
  if (last !== undefined) range.setEnd(last.node, end - last.from);
  return range;
}
