import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { findNarrowing, type Narrowing } from "./narrowing";

/** The one filter of a page of statistics, as it stands in the address: choosing another replaces it. */
export function useNarrowing(): [Narrowing | null, (next: Narrowing | null) => void] {
  const [given, setGiven] = useQueryStates({
    model: parseAsString,
    key: parseAsString,
    token: parseAsString,
    protocol: parseAsString,
  });
  const narrowing = useMemo(() => findNarrowing((name) => given[name]), [given]);
  const narrow = useCallback(
    (next: Narrowing | null) => {
      const none = { model: null, key: null, token: null, protocol: null };
      void setGiven(next === null ? none : { ...none, [next.dimension]: next.id });
    },
    [setGiven],
  );
  return [narrowing, narrow];
}
