import type { UpstreamErrorInfo } from "@copilot-llm/model";

/** How long a prompt is and may be, in tokens; null where the service did not say. */
export interface TooLong {
  readonly tokens: number | null;
  readonly limit: number | null;
}

const codes: ReadonlySet<string> = new Set(["model_max_prompt_tokens_exceeded", "context_length_exceeded"]);

/** The services' words, with the numbers where they name them. */
const wordings: readonly RegExp[] = [
  /prompt token count of (?<tokens>\d+) exceeds the limit of (?<limit>\d+)/i,
  /prompt is too long(?:: (?<tokens>\d+) tokens > (?<limit>\d+) maximum)?/i,
  /maximum context length is (?<limit>\d+) tokens.*?(?<tokens>\d+) tokens/is,
  /maximum context length is (?<limit>\d+) tokens/i,
  /exceeds? the context window/i,
];

/** What an error says of a prompt that is too long, in whichever service's words; null for any other error. */
export function readTooLong({ code, message }: UpstreamErrorInfo): TooLong | null {
  for (const wording of wordings) {
    const match = wording.exec(message);
    if (match !== null) return { tokens: numberOf(match.groups?.tokens), limit: numberOf(match.groups?.limit) };
  }
  return code !== null && codes.has(code) ? { tokens: null, limit: null } : null;
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
