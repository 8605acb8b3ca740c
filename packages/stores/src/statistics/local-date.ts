/** Finds the date of a moment in a time zone, as `2026-03-10`. Remembers what it was asked: rows repeat moments. */
export function createLocalDate(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const known = new Map<number, string>();
  return (atMs) => {
    const found = known.get(atMs);
    if (found !== undefined) return found;
    const date = format.format(atMs);
    known.set(atMs, date);
    return date;
  };
}
