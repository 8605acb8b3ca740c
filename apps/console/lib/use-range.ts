import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useNow, useTimeZone } from "use-intl";
import { type RangeName, type ResolvedRange, rangeNames, resolveRange } from "./range";

export interface RangeState extends ResolvedRange {
  name: RangeName;
  isUtc: boolean;
  /** Whether the reader's own days are UTC's too, so that there is nothing to choose. */
  isAlwaysUtc: boolean;
  /** Whose days are shown: the reader's, or UTC. */
  timeZone: string;
  nowMs: number;
  choose: (name: Exclude<RangeName, "custom">) => void;
  /** Ends in milliseconds: a span of one's own, as a chart's selection gives it. */
  chooseSpan: (fromMs: number, toMs: number) => void;
  setUtc: (isUtc: boolean) => void;
  /** The range's part of an address, for links to pages that take it too. */
  search: string;
}

/** The span that a page shows, as it stands in the address: `range`, `from`, `to`, `tz`. */
export function useRange(defaultRange: RangeName): RangeState {
  const [state, setState] = useQueryStates(
    {
      range: parseAsStringLiteral(rangeNames).withDefault(defaultRange),
      from: parseAsString,
      to: parseAsString,
      tz: parseAsStringLiteral(["utc"]),
    },
    { history: "push" },
  );
  const readersZone = useTimeZone() ?? "UTC";
  const now = useNow({ updateInterval: 60_000 });
  const { range, from, to, tz } = state;
  const minute = Math.floor(now.getTime() / 60_000);
  return useMemo(() => {
    const nowMs = minute * 60_000;
    const isUtc = tz === "utc" || readersZone === "UTC";
    const timeZone = isUtc ? "UTC" : readersZone;
    const resolved = resolveRange({ range, from, to }, nowMs, timeZone);
    const search = new URLSearchParams({ range });
    if (range === "custom") {
      search.set("from", new Date(resolved.fromMs).toISOString());
      search.set("to", new Date(resolved.toMs).toISOString());
    }
    if (tz === "utc") search.set("tz", "utc");
    return {
      ...resolved,
      name: range,
      isUtc,
      isAlwaysUtc: readersZone === "UTC",
      timeZone,
      nowMs,
      choose: (name) => void setState({ range: name === defaultRange ? null : name, from: null, to: null }),
      chooseSpan: (fromMs, toMs) =>
        void setState({
          range: "custom",
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
        }),
      setUtc: (next) => void setState({ tz: next ? "utc" : null }),
      search: search.toString(),
    };
  }, [range, from, to, tz, readersZone, minute, defaultRange, setState]);
}
