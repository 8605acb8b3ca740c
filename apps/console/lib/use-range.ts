import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { useNow, useTimeZone } from "use-intl";
import { type RangeName, type ResolvedRange, rangeNames, resolveRange } from "./range";
import { minuteMs } from "./time-units";

export interface RangeState extends ResolvedRange {
  name: RangeName;
  isUtc: boolean;
  /** Whether the reader's own days are UTC's too, so that there is nothing to choose. */
  isAlwaysUtc: boolean;
  /** Whose days are shown: the reader's, or UTC. */
  timeZone: string;
  nowMs: number;
  choose: (name: Exclude<RangeName, "custom">) => void;
  /** Ends in milliseconds: a span of one's own. */
  chooseDays: (fromMs: number, toMs: number) => void;
  /** The same as a chart's selection gives it, to look closer: `leaveSpan` goes back. */
  chooseSpan: (fromMs: number, toMs: number) => void;
  /** Back to what was shown before a chart's selection, or before so many; null where no such selection is shown. */
  leaveSpan: ((selections?: number) => void) | null;
  setUtc: (isUtc: boolean) => void;
  /** The range's part of an address, for links to pages that take it too. */
  search: string;
}

interface Zoom {
  /** What the selection made of the address. */
  from: string;
  to: string;
  /** What stood there before. */
  before: { range: RangeName; from: string | null; to: string | null };
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
  const now = useNow({ updateInterval: minuteMs });
  const { range, from, to, tz } = state;
  // The selections that led here, each within the one before.
  const [zooms, setZooms] = useState<readonly Zoom[]>([]);
  const minute = Math.floor(now.getTime() / minuteMs);
  return useMemo(() => {
    const nowMs = minute * minuteMs;
    const isUtc = tz === "utc" || readersZone === "UTC";
    const timeZone = isUtc ? "UTC" : readersZone;
    const resolved = resolveRange({ range, from, to }, nowMs, timeZone);
    const last = zooms.at(-1);
    const isZoomed = last !== undefined && range === "custom" && from === last.from && to === last.to;
    const set = (next: Zoom["before"]) =>
      void setState({ ...next, range: next.range === defaultRange ? null : next.range });
    const encodeSpan = (fromMs: number, toMs: number) => ({
      range: "custom" as const,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    });
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
      choose: (name) => set({ range: name, from: null, to: null }),
      chooseDays: (fromMs, toMs) => set(encodeSpan(fromMs, toMs)),
      chooseSpan: (fromMs, toMs) => {
        const span = encodeSpan(fromMs, toMs);
        setZooms([...(isZoomed ? zooms : []), { ...span, before: { range, from, to } }]);
        set(span);
      },
      leaveSpan: isZoomed
        ? (selections = 1) => {
            const left = zooms.slice(-selections);
            setZooms(zooms.slice(0, -left.length));
            set((left[0] ?? last).before);
          }
        : null,
      setUtc: (next) => void setState({ tz: next ? "utc" : null }),
      search: search.toString(),
    };
  }, [range, from, to, tz, zooms, readersZone, minute, defaultRange, setState]);
}
