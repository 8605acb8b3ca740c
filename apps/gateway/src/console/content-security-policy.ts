import { createHash } from "node:crypto";

/**
 * A policy that lets a static page run its own files and exactly its own inline scripts, and talk to nobody but us.
 * Pop-ups are positioned by script, element by element, which it does not forbid; style elements and attributes it does.
 */
export function contentSecurityPolicy(html: string): string {
  const scripts = new Set<string>();
  for (const [, attributes = "", code = ""] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\ssrc=/.test(attributes) || code === "") continue;
    scripts.add(`'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  }
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(" "),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
