import path from "node:path";
import type { SourceFile } from "./source-file.ts";

/** What imports what: a file, or a folder as a whole, to those that it takes something from. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The imports of files among each other. Types count: they are read by whoever follows the code. */
export function createFileGraph(files: readonly SourceFile[]): ImportGraph {
  const known = new Set(files.map(({ path: file }) => file));
  return new Map(
    files.map((file) => {
      const targets = file.imports
        .filter(({ specifier }) => /^[.#]/.test(specifier))
        .map(({ specifier }) => resolveImport(file.path, specifier, known))
        .filter((target) => target !== null && target !== file.path);
      return [file.path, new Set(targets as string[])];
    }),
  );
}

/** The specifiers of all that is loaded with one of the files: by what it imports at its top, and what those do. */
export function listLoaded(roots: readonly string[], files: readonly SourceFile[]): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = new Set(byPath.keys());
  const waiting = [...roots];
  const visited = new Set<string>();
  const loaded = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (visited.has(file)) continue;
    visited.add(file);
    for (const { specifier, isTypeOnly, isDynamic } of byPath.get(file)?.imports ?? []) {
      if (isTypeOnly || isDynamic) continue;
      const target = /^[.#]/.test(specifier) ? resolveImport(file, specifier, known) : null;
      if (target === null) loaded.add(specifier);
      else waiting.push(target);
    }
  }
  return loaded;
}

/**
 * The graph as it looks from inside a folder: each of its subfolders is one node with all that lies below, each of its files
 * another. Imports that leave the folder are left out.
 */
export function collapseTo(folder: string, graph: ImportGraph): ImportGraph {
  const childOf = (file: string): string | null =>
    file.startsWith(`${folder}/`) ? `${folder}/${file.slice(folder.length + 1).split("/", 1)[0]}` : null;
  const collapsed = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const child = childOf(file);
    if (child === null) continue;
    const own = collapsed.get(child) ?? new Set<string>();
    collapsed.set(child, own);
    for (const target of targets) {
      const targetChild = childOf(target);
      if (targetChild !== null && targetChild !== child) own.add(targetChild);
    }
  }
  return collapsed;
}

/**
 * The rooms of a `src`: as `collapseTo`, with the files in the folder itself as one room of no name. `index` and `main`, which
 * are above all the others, are left out.
 */
export function collapseToRooms(folder: string, graph: ImportGraph): ImportGraph {
  const inside = collapseTo(folder, graph);
  const roomOf = (child: string): string => (/\.tsx?$/.test(child) ? folder : child);
  const rooms = new Map<string, Set<string>>();
  for (const [child, targets] of inside) {
    if (/\/(?:index|main)\.ts$/.test(child)) continue;
    const room = rooms.get(roomOf(child)) ?? new Set<string>();
    rooms.set(roomOf(child), room);
    for (const target of targets) if (roomOf(target) !== roomOf(child)) room.add(roomOf(target));
  }
  return rooms;
}

/** Every folder that holds one of the files, at whatever depth below `root`, with `root` itself. */
export function foldersOf(root: string, graph: ImportGraph): string[] {
  const folders = new Set<string>();
  for (const file of graph.keys()) {
    for (let folder = path.posix.dirname(file); folder.startsWith(root); folder = path.posix.dirname(folder)) {
      folders.add(folder);
    }
  }
  return [...folders].sort();
}

/** Nodes that reach one another, as one sorted list per circle. */
export function findCircles(graph: ImportGraph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    stack.push(node);
    let low = own;
    for (const target of graph.get(node) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    lowest.set(node, low);
    if (low === own) {
      const members = stack.splice(stack.indexOf(node));
      if (members.length > 1) circles.push(members.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles.sort();
}

function resolveImport(file: string, specifier: string, known: ReadonlySet<string>): string | null {
  // What begins with `#` counts from the package's own folder.
  const target = specifier.startsWith("#")
    ? path.posix.join(file.split("/", 2).join("/"), specifier.slice(1))
    : path.posix.join(path.posix.dirname(file), specifier);
  const withoutExtension = target.replace(/\.jsx?$/, "");
  const candidates = [target, `${withoutExtension}.ts`, `${withoutExtension}.tsx`, `${target}/index.ts`];
  return candidates.find((candidate) => known.has(candidate)) ?? null;
}
