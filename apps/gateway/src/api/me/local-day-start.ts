import { dayMs, utcDate } from "@copilot-llm/model";

/** Every offset from UTC is a whole number of these. */
const quarterMs = 15 * 60_000;
/** From the furthest west of UTC to the furthest east, and a quarter more. */
const quartersOfDate = 27 * 4;
const furthestEastMs = 14 * 60 * 60_000;

/** When the day of the time zone begins that lies so many days before the one that holds the moment. */
export function localDayStartMs(atMs: number, daysBefore: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dateMs = Date.parse(format.format(atMs)) - daysBefore * dayMs;
  const date = utcDate(dateMs);
  // Halves what is left: the moment before `low` is of an earlier day, that at `high` is not.
  const firstMs = dateMs - furthestEastMs;
  let [low, high] = [0, quartersOfDate];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (format.format(firstMs + middle * quarterMs) < date) low = middle + 1;
    else high = middle;
  }
  return firstMs + low * quarterMs;
}
