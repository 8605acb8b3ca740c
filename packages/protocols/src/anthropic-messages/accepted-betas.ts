const acceptedPatterns = [
  /^interleaved-thinking-2025-05-14$/,
  /^context-management-2025-06-27$/,
  /^advanced-tool-use-2025-11-20$/,
  /^compact-2026-01-12$/,
  /^computer-use-/,
  /^fine-grained-tool-streaming-/,
  /^context-1m/,
];

/**
 * The part of an `anthropic-beta` header that the service takes; null when nothing is left. It answers unknown names
 * with 400 `unsupported beta header(s)` (docs/copilot-service.md#messages-betas).
 */
export function filterBetas(header: string): string | null {
  const names = header.split(",").map((name) => name.trim());
  const accepted = names.filter((name) => acceptedPatterns.some((pattern) => pattern.test(name)));
  return accepted.length === 0 ? null : accepted.join(",");
}
