/** One server-sent event as it came: `name` null where it had no `event:` line. */
export interface RawEvent {
  readonly name: string | null;
  readonly data: string;
}

/** A stream's events; comments are left out. */
export function readEvents(text: string): RawEvent[] {
  return text.split(/\r?\n\r?\n/).flatMap((block) => {
    const lines = block.split(/\r?\n/);
    const data = lines.flatMap((line) => (line.startsWith("data:") ? [line.slice(5).trimStart()] : []));
    if (data.length === 0) return [];
    const name =
      lines
        .find((line) => line.startsWith("event:"))
        ?.slice(6)
        .trim() ?? null;
    return [{ name, data: data.join("\n") }];
  });
}

/** The events' data, parsed; `[DONE]` is left out. */
export function readData<T>(text: string): T[] {
  return readEvents(text).flatMap(({ data }) => (data === "[DONE]" ? [] : [JSON.parse(data) as T]));
}
