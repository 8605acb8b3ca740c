import path from "node:path";
import { defaultExporters, environmentReaders } from "./layers.ts";
import { isNode, type SourceFile, type SyntaxNode } from "./source-file.ts";

interface CodeRule {
  readonly forbids: string;
  readonly isBroken: (node: SyntaxNode) => boolean;
  readonly appliesTo?: (file: SourceFile) => boolean;
}

/** Verbs that leave open what a function does; CONTRIBUTING.md has those that say it. */
const vagueVerb =
  /^(?:convert|deserialize|do|execute|get|handle|manage|normali[sz]e|perform|process|serialize|transform)(?=[A-Z])/;

const rules: readonly CodeRule[] = [
  {
    forbids: "`any`",
    isBroken: (node) => node.type === "TSAnyKeyword",
  },
  {
    forbids: "`export *`",
    isBroken: (node) => node.type === "ExportAllDeclaration",
  },
  {
    forbids: "a default export",
    isBroken: (node) =>
      node.type === "ExportDefaultDeclaration" ||
      (node.type === "ExportSpecifier" && isNamed(node.exported, "default")),
    appliesTo: (file) => !defaultExporters.some((pattern) => pattern.test(file.path)),
  },
  {
    forbids: "the environment (settings are passed in by the composition root)",
    isBroken: (node) =>
      (node.type === "MemberExpression" && isNamed(node.object, "process") && isNamed(node.property, "env")) ||
      (node.type === "ImportSpecifier" && isNamed(node.imported, "env")),
    appliesTo: (file) => !file.isTest && !environmentReaders.some((pattern) => pattern.test(file.path)),
  },
  {
    forbids: "a function whose verb does not say what it does",
    isBroken: (node) => node.type === "FunctionDeclaration" && isNode(node.id) && vagueVerb.test(String(node.id.name)),
  },
  {
    forbids: "mutable state of a module",
    isBroken: (node) => node.type === "Program" && listOf(node.body).some(declaresLet),
    appliesTo: (file) => !file.isTest,
  },
];

/** What a file does that the conventions forbid, as `path:line forbidden thing`. */
export function checkCode(file: SourceFile): string[] {
  const broken = rules
    .filter((rule) => rule.appliesTo?.(file) ?? true)
    .flatMap((rule) =>
      file.nodes.filter(rule.isBroken).map((node) => `${file.path}:${lineOf(file, node)} ${rule.forbids}`),
    );
  const silenced = /@ts-(ignore|nocheck)/.test(file.code) ? [`${file.path} silences the type checker`] : [];
  return [...broken, ...silenced];
}

/** Names that say nothing about what a module holds. */
export function checkModuleName(file: string): string[] {
  const parts = file.replace(/\.[^/]*$/, "").split("/");
  const isVague = parts.some((part) => /(^|-)(utils?|helpers?|managers?)$/.test(part));
  return isVague ? [`${path.posix.normalize(file)} has a name that says nothing`] : [];
}

function declaresLet(statement: SyntaxNode): boolean {
  const declaration = isNode(statement.declaration) ? statement.declaration : statement;
  return declaration.type === "VariableDeclaration" && declaration.kind !== "const";
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && (node.name === name || node.value === name);
}

function listOf(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function lineOf(file: SourceFile, node: SyntaxNode): number {
  return file.code.slice(0, node.start).split("\n").length;
}
