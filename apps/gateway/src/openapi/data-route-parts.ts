/** Any of these: a managed key in either header, the legacy key, or a console session. */
export const keySecurity = [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }];

/** The tag of a route, by whose API it is. */
export function tagOf(path: string): string {
  if (path.startsWith("/openai/")) return "OpenAI API";
  return path.startsWith("/anthropic/") ? "Anthropic API" : "Aliases";
}
