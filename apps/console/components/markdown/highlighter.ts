import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

/** Code as a tree: text, and elements with classes. */
export type CodeTree = ReturnType<ReturnType<typeof createLowlight>["highlight"]>;
export type CodeNode = CodeTree["children"][number];
export type CodeElement = Extract<CodeNode, { type: "element" }>;

const lowlight = createLowlight({
  bash,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  markdown,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
});
lowlight.registerAlias({
  bash: ["shell", "console", "zsh"],
  typescript: ["tsx"],
  javascript: ["jsx"],
  xml: ["html", "svg"],
  yaml: ["toml", "ini"],
});

/** Code as a tree of classed parts; null in a language that is not known here. */
export function highlight(code: string, language: string): CodeTree | null {
  const name = language.toLowerCase();
  return lowlight.registered(name) ? lowlight.highlight(name, code) : null;
}
