import type { ShellTexts } from "../place.js";

type Variables = readonly (readonly [name: string, value: string])[];

/** Lines that set the variables in the current shell. */
export function encodeVariables(variables: Variables): ShellTexts {
  return {
    unix: variables.map(([name, value]) => `export ${name}=${quoteUnix(value)}`).join("\n"),
    windows: variables.map(([name, value]) => `$env:${name} = ${quoteWindowsText(value)}`).join("\n"),
  };
}

/** A command with its arguments; one text for both shells where nothing needs quoting. */
export function encodeCommand(words: readonly string[]): ShellTexts {
  return { unix: words.map(quoteUnix).join(" "), windows: words.map(quoteWindows).join(" ") };
}

/** A word for a POSIX shell. */
export function quoteUnix(word: string): string {
  return isPlain(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A word for PowerShell, where a comma makes a list and `@` begins one. */
function quoteWindows(word: string): string {
  return /^[\w./:+=-][\w./:@+=-]*$/.test(word) ? word : quoteWindowsText(word);
}

/** A string for PowerShell. */
export function quoteWindowsText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isPlain(word: string): boolean {
  return /^[\w./:@%+=,-]+$/.test(word);
}
