import { hourMs } from "@copilot-llm/model";
import { parseDuration } from "./parse-duration.js";
import { SettingError } from "./setting-error.js";

export function parseWhole(name: string, text: string | null, fallback: number, min: number, max: number): number {
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new SettingError(name, text, `give a whole number from ${min} to ${max}`);
  }
  return value;
}

/** Node's timers take no more than 2^31 - 1 ms, and fire at once for more; what is added to one has room. */
const longestTimeoutHours = 576;

export function parseTimeout(name: string, text: string | null, fallbackMs: number): number {
  if (text === null) return fallbackMs;
  const value = parseDuration(text);
  if (value === null || value <= 0 || value > longestTimeoutHours * hourMs) {
    const examples = "500ms, 30s, 2m, 1h";
    throw new SettingError(
      name,
      text,
      `give seconds, or a number with a unit: ${examples}; at most ${longestTimeoutHours}h (24 days)`,
    );
  }
  return value;
}

export function parseChoice<Choice extends string>(
  name: string,
  text: string | null,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  if (text === null) return fallback;
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice === undefined) throw new SettingError(name, text, `give one of ${choices.join(", ")}`);
  return choice;
}

export function parseChoices<Choice extends string>(
  name: string,
  text: string | null,
  choices: readonly Choice[],
): readonly Choice[] {
  return splitList(text ?? "").map((entry) => {
    const choice = choices.find((candidate) => candidate === entry.toLowerCase());
    if (choice === undefined) throw new SettingError(name, text, `give any of ${choices.join(", ")}, comma-separated`);
    return choice;
  });
}

export function parseUrl(name: string, text: string | null): string | null {
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new SettingError(name, text, "give an http:// or https:// address");
  }
  return text.replace(/\/+$/, "");
}

/** An address that paths are put behind. */
export function parseBaseUrl(name: string, text: string | null): string | null {
  const address = parseUrl(name, text);
  if (address !== null && (/[?#]/.test(address) || new URL(address).username !== "")) {
    throw new SettingError(
      name,
      text,
      "give an address without a query, a fragment or a user: paths are put behind it",
    );
  }
  return address;
}

export function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
