interface ParsedObject {
  /** Null for an empty text, and when there is a problem. */
  value: Record<string, unknown> | null;
  /** Where it fails, if that is known. */
  problem: { line: number | null } | null;
}

/** Reads a JSON object that somebody types. */
export function parseJsonObject(text: string): ParsedObject {
  if (text.trim() === "") return { value: null, problem: null };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { value: value as Record<string, unknown>, problem: null };
    }
    return { value: null, problem: { line: 1 } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/u.exec(message)?.[1];
    const line = /line (\d+)/u.exec(message)?.[1];
    return {
      value: null,
      problem: {
        line:
          line === undefined
            ? position === undefined
              ? null
              : text.slice(0, Number(position)).split("\n").length
            : Number(line),
      },
    };
  }
}
