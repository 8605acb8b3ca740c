import { createHash } from "node:crypto";
import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { contentSecurityPolicy } from "./content-security-policy.js";

export interface ConsoleFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of exactly these bytes. */
  readonly etag: string;
}

const compressedForm = /\.(br|gz)$/;

/**
 * The console's static export, read as a whole when it is first asked for: some six megabytes that never change while we run,
 * and that a gateway whose console nobody opens need not read. Serving from memory leaves no path of a request that could
 * reach the file system.
 */
export class ConsoleFiles {
  readonly #directory: string;
  #files: ReadonlyMap<string, ConsoleFile> = new Map();
  #policies: ReadonlyMap<string, string> = new Map();
  #reading: Promise<void> | null = null;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Null when the directory has no built console. */
  static async find(directory: string): Promise<ConsoleFiles | null> {
    const isBuilt = await access(path.join(directory, "index.html")).then(
      () => true,
      () => false,
    );
    return isBuilt ? new ConsoleFiles(directory) : null;
  }

  /** Before anything else is asked. Reads once, whoever asks; what failed is tried again by the next who asks. */
  read(): Promise<void> {
    this.#reading ??= this.#readAll().catch((error: unknown) => {
      this.#reading = null;
      throw error;
    });
    return this.#reading;
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

  async #readAll(): Promise<void> {
    const entries = await readdir(this.#directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    this.#files = new Map(await Promise.all(files.map((file) => this.#readFile(file))));
    const pages = [...this.#files].filter(([urlPath]) => urlPath.endsWith(".html"));
    this.#policies = new Map(
      pages.map(([urlPath, { bytes }]) => [urlPath, contentSecurityPolicy(new TextDecoder().decode(bytes))]),
    );
  }

  async #readFile(file: string): Promise<[string, ConsoleFile]> {
    const bytes = new Uint8Array(await readFile(file));
    const digest = createHash("sha256").update(bytes).digest("base64url");
    const urlPath = `/${path.relative(this.#directory, file).split(path.sep).join("/")}`;
    return [urlPath, { bytes, etag: `"${digest}"` }];
  }
}
