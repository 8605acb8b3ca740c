import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { contentSecurityPolicy } from "./content-security-policy.js";

export interface ConsoleFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of exactly these bytes. */
  readonly etag: string;
}

const compressedForm = /\.(br|gz)$/;

/**
 * The console's static export, read once at start: some two megabytes that never change while we run. Serving from
 * memory leaves no path of a request that could reach the file system.
 */
export class ConsoleFiles {
  readonly #files: ReadonlyMap<string, ConsoleFile>;
  readonly #policies: ReadonlyMap<string, string>;

  private constructor(files: ReadonlyMap<string, ConsoleFile>) {
    this.#files = files;
    const pages = [...files].filter(([urlPath]) => urlPath.endsWith(".html"));
    this.#policies = new Map(
      pages.map(([urlPath, { bytes }]) => [urlPath, contentSecurityPolicy(new TextDecoder().decode(bytes))]),
    );
  }

  /** Null when the directory has no built console. */
  static async read(directory: string): Promise<ConsoleFiles | null> {
    const files = new Map<string, ConsoleFile>();
    const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const bytes = new Uint8Array(await readFile(file));
      const digest = createHash("sha256").update(bytes).digest("base64url");
      files.set(`/${path.relative(directory, file).split(path.sep).join("/")}`, { bytes, etag: `"${digest}"` });
    }
    return files.has("/index.html") ? new ConsoleFiles(files) : null;
  }

  /** Which file a URL path names: itself, a page's `.html`, or a folder's `index.html`; null when there is none. */
  resolve(urlPath: string): string | null {
    if (compressedForm.test(urlPath)) return null;
    const plain = urlPath.endsWith("/") ? urlPath.slice(0, -1) : urlPath;
    return [plain, `${plain}/index.html`, `${plain}.html`].find((candidate) => this.#files.has(candidate)) ?? null;
  }

  /** A file by its exact path; its compressed forms, where the build made them, are at `.br` and `.gz`. */
  get(filePath: string): ConsoleFile | null {
    return this.#files.get(filePath) ?? null;
  }

  /** The content security policy of a page; null for what is none. */
  policyOf(filePath: string): string | null {
    return this.#policies.get(filePath) ?? null;
  }
}
