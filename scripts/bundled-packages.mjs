// What of npm went into a bundle, with its licences, and what the bundle still imports: from the report that the bundler writes.
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";

const modules = "node_modules/";

/** The packages whose files are in the bundle, by name and version. `directory` is what the report's paths begin at. */
export function listBundledPackages({ inputs }, directory) {
  const roots = new Set(Object.keys(inputs).flatMap((file) => packageRoot(path.resolve(directory, file)) ?? []));
  const packages = [...roots].map((root) => {
    const { name, version, license, author } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    return { name, version, license, author: authorName(author), texts: readTexts(root) };
  });
  const idOf = ({ name, version }) => `${name}@${version}`;
  const unique = new Map(packages.map((found) => [idOf(found), found]));
  return [...unique.values()].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** The packages that the bundle imports by name, those of Node aside. */
export function listImportedPackages({ outputs }) {
  const imports = Object.values(outputs).flatMap((output) => output.imports.filter(({ external }) => external));
  const names = imports.map(({ path: specifier }) => packageName(specifier));
  // `sqlite` goes by its scheme only, which the bundler leaves out.
  const isBuiltin = (name) => builtinModules.includes(name) || name === "sqlite";
  return [...new Set(names.filter((name) => !name.startsWith("node:") && !isBuiltin(name)))].sort();
}

/** One text with what every package asks for: its name, its licence, and what the licence says. Throws where one tells neither. */
export function encodeLicences(packages) {
  const head = "The program of this package contains the packages below. Each stands under its own licence.\n";
  const parts = packages.map(({ name, version, license, author, texts }) => {
    if (license === undefined && texts.length === 0) throw new Error(`${name} ${version} tells no licence.`);
    const title = `${name} ${version}${license === undefined ? "" : ` (${license})`}`;
    const namesOwner = author === null || texts.some((text) => /copyright/i.test(text));
    const told = namesOwner ? texts : [...texts, `By ${author}.`];
    return [title, "=".repeat(title.length), ...told].join("\n\n");
  });
  return [head, ...parts].join("\n\n\n");
}

/** The folder of the package that holds the file; null for a file of the workspace. */
function packageRoot(file) {
  const at = file.lastIndexOf(modules);
  if (at === -1) return null;
  const behind = at + modules.length;
  return file.slice(0, behind) + packageName(file.slice(behind));
}

function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The files of its licence; where there are none, what its README says of it. */
function readTexts(root) {
  const read = (file) => readFileSync(path.join(root, file), "utf8").trim();
  const files = readdirSync(root).sort();
  const texts = files.filter((file) => /^(?:licen[cs]e|notice|copying)\b/i.test(file)).map(read);
  if (texts.length > 0) return texts;
  const readme = files.find((file) => /^readme\b/i.test(file));
  const said = readme === undefined ? null : /^#+ *licen[cs]e\b[^\n]*\n([\s\S]*)/im.exec(read(readme));
  return said === null ? [] : [said[1].trim()];
}

function authorName(author) {
  if (author === undefined) return null;
  return typeof author === "string" ? author : author.name;
}
