import type { MediaSource } from "./part.js";

const dataUrlPattern = /^data:([^;,]*)((?:;[^;,]*)*),/i;

/** A URL as OpenAI's wires send it: base64 data URLs become bytes, anything else stays a URL. */
export function decodeMediaUrl(url: string): MediaSource {
  const match = dataUrlPattern.exec(url.slice(0, 256));
  if (match === null || !/;base64$/i.test(match[2] ?? "")) return { kind: "url", url };
  return { kind: "base64", mediaType: match[1] ?? "", data: url.slice(match[0].length) };
}

/** The reverse; null for a source that is no URL. */
export function encodeMediaUrl(source: MediaSource): string | null {
  if (source.kind === "url") return source.url;
  return source.kind === "base64" ? `data:${source.mediaType};base64,${source.data}` : null;
}
