import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { contentSecurityPolicy } from "./content-security-policy.js";

export interface ConsoleFile {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * The console's static export, read once at start: some two megabytes that never change while we run. Serving from
 * memory leaves no path of a request that could reach the file system.
 */
export class ConsoleFiles {
  readonly #files: ReadonlyMap<string, ConsoleFile>;

  private constructor(files: ReadonlyMap<string, ConsoleFile>) {
    this.#files = files;
  }

  /** Null when the directory has no built console. */
  static async read(directory: string): Promise<ConsoleFiles | null> {
    const files = new Map<string, ConsoleFile>();
    const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const bytes = await readFile(file);
      const urlPath = `/${path.relative(directory, file).split(path.sep).join("/")}`;
      files.set(urlPath, { bytes, headers: headersFor(urlPath, bytes) });
    }
    return files.has("/index.html") ? new ConsoleFiles(files) : null;
  }

  /** The file for a URL path: itself, a page's `.html`, or a folder's `index.html`; null when there is none. */
  find(urlPath: string): ConsoleFile | null {
    const plain = urlPath.endsWith("/") ? urlPath.slice(0, -1) : urlPath;
    return this.#files.get(plain) ?? this.#files.get(`${plain}/index.html`) ?? this.#files.get(`${plain}.html`) ?? null;
  }

  notFoundPage(): ConsoleFile | null {
    return this.#files.get("/404.html") ?? null;
  }
}

function headersFor(urlPath: string, bytes: Buffer): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": contentTypes[path.extname(urlPath)] ?? "application/octet-stream",
    // Next names its static files by content.
    "cache-control": urlPath.startsWith("/_next/static/") ? "public, max-age=31536000, immutable" : "no-cache",
    "x-content-type-options": "nosniff",
  };
  if (!urlPath.endsWith(".html")) return headers;
  return {
    ...headers,
    "content-security-policy": contentSecurityPolicy(bytes.toString("utf8")),
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
  };
}
