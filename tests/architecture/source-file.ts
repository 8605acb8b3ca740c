import { parseAst } from "vitest/node";

/** A syntax tree node as the parser gives it: a type, and fields that hold nodes, lists of nodes or plain values. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface ImportReference {
  readonly specifier: string;
  /** True when only types are taken, so that nothing is loaded at run time. */
  readonly isTypeOnly: boolean;
  /** True for `import()`: loaded only when it is come to. */
  readonly isDynamic: boolean;
}

/** One parsed source file of the workspace. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly code: string;
  /** True for what is never shipped: tests, benchmarks, what they share (`testing`), and whatever lies beside a package's `src`. */
  readonly isTest: boolean;
  readonly nodes: readonly SyntaxNode[];
  readonly imports: readonly ImportReference[];
}

/** Parses TypeScript or JavaScript; throws on a syntax error. */
export function parseSourceFile(path: string, code: string): SourceFile {
  const program: unknown = parseAst(code, { lang: path.endsWith(".tsx") ? "tsx" : "ts" });
  const nodes = [...walk(program)];
  return { path, code, isTest: isTestPath(path), nodes, imports: nodes.flatMap(importsOf) };
}

/** Whether a path, relative to the repository, is never shipped. */
export function isTestPath(path: string): boolean {
  return /\.(test|bench)\.tsx?$|\/testing\//.test(path) || /^packages\/[^/]+\/(?!src\/)/.test(path);
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item);
  } else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* walk(child);
  }
}

/** Whether a value of the tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function importsOf(node: SyntaxNode): ImportReference[] {
  const source = node.type === "TSImportType" ? (node.argument ?? node.source) : node.source;
  if (!isNode(source)) return [];
  const literal = isNode(source.literal) ? source.literal : source;
  if (typeof literal.value !== "string") return [];
  return [{ specifier: literal.value, isTypeOnly: isTypeOnly(node), isDynamic: node.type === "ImportExpression" }];
}

function isTypeOnly(node: SyntaxNode): boolean {
  return node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type";
}
