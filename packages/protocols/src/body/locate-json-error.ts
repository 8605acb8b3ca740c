/** Where text stops being JSON, counted from 1, and what is wrong there in plain English. */
export interface JsonErrorLocation {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

type Expected = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "commaOrEnd" | "nothing";

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const literalPattern = /true|false|null/y;
const whitespacePattern = /[ \t\n\r]*/y;
const hexPattern = /[0-9a-fA-F]{4}/y;

const expectations: Readonly<Record<Expected, string>> = {
  value: "a value is expected",
  valueOrEnd: "a value or `]` is expected",
  key: "a property name in double quotes is expected",
  keyOrEnd: "a property name in double quotes or `}` is expected",
  colon: "`:` is expected",
  commaOrEnd: "`,` or the closing bracket is expected",
  nothing: "the text should end",
};

/** Finds the first fault of a text that JSON.parse refused; the engine's own message often has no position. */
export function locateJsonError(text: string): JsonErrorLocation {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;

  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const afterValue = (): Expected => (open.length === 0 ? "nothing" : "commaOrEnd");

  for (;;) {
    match(whitespacePattern);
    const character = text[at];
    if (character === undefined) return locate(text, at, "the text ends too early");
    const takesValue: boolean = expected === "value" || expected === "valueOrEnd";
    const takesKey: boolean = expected === "key" || expected === "keyOrEnd";
    if (character === '"' && (takesValue || takesKey)) {
      const end = findStringEnd(text, at);
      if (end.problem !== null) return locate(text, end.at, end.problem);
      at = end.at;
      expected = takesKey ? "colon" : afterValue();
    } else if ((character === "{" || character === "[") && takesValue) {
      open.push(character);
      expected = character === "{" ? "keyOrEnd" : "valueOrEnd";
      at += 1;
    } else if (character === "}" && open.at(-1) === "{" && (expected === "keyOrEnd" || expected === "commaOrEnd")) {
      open.pop();
      expected = afterValue();
      at += 1;
    } else if (character === "]" && open.at(-1) === "[" && (expected === "valueOrEnd" || expected === "commaOrEnd")) {
      open.pop();
      expected = afterValue();
      at += 1;
    } else if (character === "," && expected === "commaOrEnd") {
      expected = open.at(-1) === "{" ? "key" : "value";
      at += 1;
    } else if (character === ":" && expected === "colon") {
      expected = "value";
      at += 1;
    } else if (takesValue && (match(numberPattern) || match(literalPattern))) {
      expected = afterValue();
    } else {
      return locate(text, at, expectations[expected]);
    }
  }
}

function findStringEnd(text: string, start: number): { readonly at: number; readonly problem: string | null } {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, problem: null };
    if (code < 0x20) return { at, problem: "a line break or control character stands unescaped in a string" };
    if (code !== 0x5c) continue;
    const escaped = text[at + 1] ?? "";
    if (escaped === "u") {
      hexPattern.lastIndex = at + 2;
      if (!hexPattern.test(text)) return { at, problem: "`\\u` needs four hexadecimal digits" };
    } else if (!'"\\/bfnrt'.includes(escaped) || escaped === "") {
      return { at, problem: "a backslash in a string begins no known escape" };
    }
    at += 1;
  }
  return { at, problem: "a string is not closed" };
}

function locate(text: string, at: number, problem: string): JsonErrorLocation {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: at - lineStart + 1, problem };
}
