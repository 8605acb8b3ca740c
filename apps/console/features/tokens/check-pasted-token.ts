export type TokenProblem = "required" | "classic" | "tooShort" | "twice";

/** The kinds of token that GitHub gives out, by how they begin. */
export type TokenPrefix = "github_pat_" | "gho_" | "ghu_" | "ghp_";

const prefixes: readonly TokenPrefix[] = ["github_pat_", "gho_", "ghu_", "ghp_"];
const minCharacters = 10;

export function parseTokenPrefix(pasted: string): TokenPrefix | null {
  return prefixes.find((prefix) => pasted.trim().startsWith(prefix)) ?? null;
}

/** What must be mended before a token is sent; null when nothing. Copilot takes no classic tokens, so they are not sent. */
export function checkPastedToken(pasted: string): TokenProblem | null {
  const token = pasted.trim();
  if (token === "") return "required";
  if (parseTokenPrefix(token) === "ghp_") return "classic";
  return token.length < minCharacters ? "tooShort" : null;
}

/** One line of several pasted tokens. */
export interface PastedLine {
  alias: string;
  token: string;
  problem: TokenProblem | "noAlias" | null;
}

/** Reads lines `alias=token`; empty lines are left out. An alias that comes twice is a problem of the later one. */
export function parsePastedLines(text: string): readonly PastedLine[] {
  const aliases = new Set<string>();
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const equals = line.indexOf("=");
      const alias = equals === -1 ? "" : line.slice(0, equals).trim();
      const token = line.slice(equals + 1).trim();
      const isTwice = aliases.has(alias);
      aliases.add(alias);
      return { alias, token, problem: alias === "" ? "noAlias" : isTwice ? "twice" : checkPastedToken(token) };
    });
}
