import { isBuiltin } from "node:module";
import path from "node:path";
import {
  alternatives,
  developmentImports,
  developmentPackages,
  layers,
  soleImporterOf,
  typeOnlyImports,
} from "./layers.ts";
import { type ImportReference, isTestPath, type SourceFile } from "./source-file.ts";
import type { Manifest, WorkspacePackage } from "./workspace.ts";

const scope = "@copilot-llm/";

/** What is wrong with the dependencies that a package declares; empty when the layers hold. */
export function checkDependencies(id: string, manifest: Manifest): string[] {
  const shipped = Object.keys(shippedDependencies(manifest)).flatMap((name) => checkShipped(id, name));
  const development = Object.keys(manifest.devDependencies ?? {})
    .filter((name) => name.startsWith(scope) && !isForTests(id, name))
    .flatMap((name) => checkShipped(id, name));
  return [...shipped, ...development].map((problem) => `${manifest.name} declares ${problem}`);
}

/** What is wrong with a file's imports; empty when they stay in the package, in lower layers and in what is declared. */
export function checkImports(owner: Pick<WorkspacePackage, "id" | "folder" | "manifest">, file: SourceFile): string[] {
  const isShipped = !file.isTest && !file.path.endsWith(".config.ts");
  return file.imports.flatMap((reference) => {
    if (reference.specifier.startsWith(".")) {
      const shipped = isShipped ? checkRelative(owner.folder, file.path, reference) : [];
      return [...shipped, ...checkAlternatives(file.path, reference)];
    }
    if (reference.specifier.startsWith("#") || isBuiltin(reference.specifier)) return [];
    if (mayImportTool(file.path, reference.specifier)) return [];
    return checkPackageImport(owner, reference, isShipped).map((problem) => `${file.path} imports ${problem}`);
  });
}

function mayImportTool(file: string, specifier: string): boolean {
  return developmentImports[file]?.some((tool) => specifier === `${scope}${tool}`) ?? false;
}

function checkRelative(folder: string, file: string, { specifier }: ImportReference): string[] {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith(`${folder}/`)) return [`${file} reaches out of its package: ${specifier}`];
  return isTestPath(target) ? [`${file} imports what is not shipped: ${specifier}`] : [];
}

/** Holds for tests as well; what lies beside `src` may take any of them. */
function checkAlternatives(file: string, { specifier }: ImportReference): string[] {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return alternatives.flatMap(({ within, folders, knownTo }) => {
    if (!file.startsWith(`${within}/`) || !target.startsWith(`${within}/`)) return [];
    const own = folderBelow(within, file);
    const other = folderBelow(within, target);
    if (own === other || !folders.includes(other) || knownTo.includes(own)) return [];
    return [`${file} imports from ${other}, which keeps to itself: ${specifier}`];
  });
}

/** The first folder of the path below `within`; empty for a file that lies there itself. */
function folderBelow(within: string, file: string): string {
  return file.slice(within.length + 1).match(/^[^/]+(?=\/)/)?.[0] ?? "";
}

function checkPackageImport(
  owner: Pick<WorkspacePackage, "id" | "manifest">,
  { specifier, isTypeOnly }: ImportReference,
  isShipped: boolean,
): string[] {
  const name = packageNameOf(specifier);
  const isDevelopmentOnly = !isShipped || (isTypeOnly && isForTypes(owner.id, name));
  if (isDevelopmentOnly && (isForTests(owner.id, name) || !name.startsWith(scope))) return [];
  if (!(name in shippedDependencies(owner.manifest))) return [`${name}, which it does not declare`];
  return checkShipped(owner.id, name);
}

function checkShipped(id: string, name: string): string[] {
  const soleImporter = soleImporterOf[name];
  if (soleImporter !== undefined && soleImporter !== id) return [`${name}, which only ${soleImporter} may know`];
  if (!name.startsWith(scope)) return [];
  const ownLayer = layerOf(id);
  const targetLayer = layerOf(name.slice(scope.length));
  if (targetLayer === -1) return [`${name}, which is no layer of the product`];
  if (ownLayer === -1) return [`${name}, though it shares no code with the product`];
  return targetLayer < ownLayer ? [] : [`${name} of layer ${targetLayer} from layer ${ownLayer}`];
}

function layerOf(id: string): number {
  return layers.findIndex((members) => members.includes(id));
}

function isForTests(id: string, name: string): boolean {
  return developmentPackages.includes(name.slice(scope.length)) || isForTypes(id, name);
}

function isForTypes(id: string, name: string): boolean {
  return typeOnlyImports[id]?.includes(name.slice(scope.length)) ?? false;
}

function shippedDependencies(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
}

function packageNameOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
