import path from "node:path";

/** What a document or a comment names: a file or folder, and a heading of it where it names one. */
export interface Reference {
  readonly target: string;
  readonly anchor: string | null;
}

const headingPattern = /^#{1,6} +(.+?) *$/gm;
const linkPattern = /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g;
/** Paths from the repository's root, without what a build makes. */
const pathPattern =
  /(?<![\w@$./:-])((?:apps|bench|docs|packages|scripts|tests)\/(?![\w/.-]*(?:dist|node_modules)\b)[\w./-]*\w)(?![\w/*]|\.\w)(?:#([\w-]+))?/g;
const documentPattern = /(?<![\w@$/.:-])((?:\.{0,2}\/)*(?:[\w-]+\/)*[\w-]+\.md)\b(?:#([\w-]+))?/g;
const commentPattern = /\/\*[\s\S]*?\*\/|(?<![:\w"'`\\/])\/\/.*$/gm;
const fencePattern = /^```[\s\S]*?^```$/gm;
const requirementPattern = /\brequirement: ([a-z0-9-]+)/g;

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  const counts = new Map<string, number>();
  return [...markdown.replace(fencePattern, "").matchAll(headingPattern)].map(([, title = ""]) => {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** What a document links to, and the paths from the root that it names; relative to the repository. */
export function referencesOfDocument(file: string, markdown: string): Reference[] {
  const links = [...markdown.matchAll(linkPattern)].map(([, target = "", anchor]) => ({
    target: target === "" ? file : path.posix.join(path.posix.dirname(file), target),
    anchor: anchor ?? null,
  }));
  return [...links, ...pathsIn(markdown)];
}

/** The documents that a source file names anywhere, and the paths from the root that its comments name. */
export function referencesOfSource(code: string): Reference[] {
  const documents = [...code.matchAll(documentPattern)].map(([, target = "", anchor]) => ({
    target: target.replace(/^(?:\.{1,2}\/)+/, ""),
    anchor: anchor ?? null,
  }));
  return [...documents, ...pathsIn((code.match(commentPattern) ?? []).join("\n"))];
}

/** The ids of the requirements that a text cites. */
export function requirementsIn(text: string): string[] {
  return [...text.matchAll(requirementPattern)].map(([, id = ""]) => id);
}

function pathsIn(text: string): Reference[] {
  return [...text.matchAll(pathPattern)].map(([, target = "", anchor]) => ({ target, anchor: anchor ?? null }));
}
