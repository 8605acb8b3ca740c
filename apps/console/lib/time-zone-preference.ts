import { useStoredPreference } from "./stored-preference";

export const timeZoneChoices = ["browser", "utc"] as const;
export type TimeZoneChoice = (typeof timeZoneChoices)[number];

/** Whose clock the console tells times by and cuts days by, kept in this browser. */
export function useTimeZonePreference(): readonly [TimeZoneChoice, (choice: TimeZoneChoice) => void] {
  const [stored, setStored] = useStoredPreference("console.time-zone");
  return [stored === "utc" ? "utc" : "browser", setStored];
}

/** The browser's own zone, as `Europe/Berlin`. */
export function readBrowserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
