import { useEffect } from "react";
import { useStoredPreference } from "./stored-preference";

/** When this browser was first shown how to connect a client with a key; null before. */
export function useConnectedAtMs(): number | null {
  const [stored] = useStoredPreference("console.connected-at");
  const atMs = Date.parse(stored ?? "");
  return Number.isNaN(atMs) ? null : atMs;
}

/** Notes that it is shown how to connect a client with a key that was made then; an earlier note is of another gateway. */
export function useNoteConnected(keyCreatedAt: string | undefined): void {
  const [stored, setStored] = useStoredPreference("console.connected-at");
  useEffect(() => {
    if (keyCreatedAt === undefined) return;
    const isNoted = stored !== null && Date.parse(stored) >= Date.parse(keyCreatedAt);
    if (!isNoted) setStored(new Date().toISOString());
  }, [keyCreatedAt, stored, setStored]);
}
