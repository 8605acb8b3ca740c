import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSourceFile, type SourceFile } from "./source-file.ts";

/** The parts of a package.json that the rules read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>> };
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** One package or app of the workspace. */
export interface WorkspacePackage {
  /** The last part of its folder and of its name. */
  readonly id: string;
  /** Relative to the repository: `packages/model`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly SourceFile[];
}

export const repositoryRoot = path.resolve(import.meta.dirname, "../..");

const generated = new Set(["node_modules", "dist", "out", "coverage", "release", "test-results"]);

/** Where a gateway keeps its stores that is started here; deeper down a folder of this name holds sources. */
const storesFolder = "data";

/** Hidden folders that are the repository's own; the others belong to tools. */
const hiddenFolders = new Set([".ci", ".github", ".changeset"]);

/** Every file that is or may be committed, relative to the repository. */
export function listFiles(folder: string): string[] {
  const absolute = path.join(repositoryRoot, folder);
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const relative = path.posix.join(folder, entry.name);
    // In a linked work tree `.git` is a file, and it names a path.
    if (!entry.isDirectory()) return entry.isFile() && entry.name !== ".git" ? [relative] : [];
    const isSkipped =
      generated.has(entry.name) ||
      relative === storesFolder ||
      (entry.name.startsWith(".") && !hiddenFolders.has(entry.name));
    return isSkipped ? [] : listFiles(relative);
  });
}

/** The text of a file of the repository. */
export function readText(file: string): string {
  return readFileSync(path.join(repositoryRoot, file), "utf8");
}

/** Every package and app with its parsed sources. */
export function readWorkspace(): WorkspacePackage[] {
  return ["packages", "apps"].flatMap((parent) =>
    readdirSync(path.join(repositoryRoot, parent))
      .map((id) => ({ id, folder: `${parent}/${id}` }))
      .filter(({ folder }) => existsSync(path.join(repositoryRoot, folder, "package.json")))
      .map(({ id, folder }) => ({
        id,
        folder,
        manifest: JSON.parse(readText(`${folder}/package.json`)) as Manifest,
        sources: listFiles(folder)
          .filter((file) => /\.tsx?$/.test(file) && !file.endsWith("next-env.d.ts"))
          .map((file) => parseSourceFile(file, readText(file))),
      })),
  );
}
