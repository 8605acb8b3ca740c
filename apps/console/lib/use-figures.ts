import { createContext, useContext, useMemo } from "react";
import { useLocale } from "use-intl";
import { formatBytes } from "./format-bytes";
import { hourMs, minuteMs } from "./time-units";

/** How the console writes what it counts and measures, in the reader's own way. */
export interface Figures {
  /** In full: 12,345. */
  count: (value: number) => string;
  /** Shortened from 10,000 on: 12.3K. Show the exact one on hover. */
  compact: (value: number) => string;
  /** 0.1234 -> 12 %, 0.0123 -> 1.2 %. */
  percent: (share: number) => string;
  /** With a sign: +12 %. */
  change: (share: number) => string;
  /** Credits and premium units, as finely as their size asks for. */
  amount: (value: number) => string;
  /** AI credits in US dollars. */
  dollars: (credits: number) => string;
  /** Milliseconds as 340 ms, 1.2 s, 3 min. */
  duration: (ms: number) => string;
  bytes: (bytes: number) => string;
}

export const nanoAiuPerCredit = 1e9;
const dollarsPerCredit = 0.01;
const compactFrom = 10_000;

/** One language's formatters for everything below: they are dear to make, and a long table has hundreds of figures. */
export const FiguresContext = createContext<Figures | null>(null);

/** The console's formatters in the reader's language. */
export function useFigures(): Figures {
  const locale = useLocale();
  const shared = useContext(FiguresContext);
  return useMemo(() => shared ?? createFigures(locale), [shared, locale]);
}

/** Each formatter is made when it is first used. */
export function createFigures(locale: string): Figures {
  const numbers = (options: Intl.NumberFormatOptions) => {
    let made: Intl.NumberFormat | null = null;
    return (value: number): string => {
      made ??= new Intl.NumberFormat(locale, options);
      return made.format(value);
    };
  };
  const inUnit = (unit: string, digits: number) =>
    numbers({ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits });
  const plain = numbers({ maximumFractionDigits: 2 });
  const whole = numbers({ maximumFractionDigits: 0 });
  const fine = numbers({ maximumFractionDigits: 4 });
  const short = numbers({ notation: "compact", maximumFractionDigits: 1 });
  const share = numbers({ style: "percent", maximumFractionDigits: 1 });
  const wholeShare = numbers({ style: "percent", maximumFractionDigits: 0 });
  const signed = numbers({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const dollars = { style: "currency", currency: "USD" } as const;
  const cents = numbers({ ...dollars, maximumFractionDigits: 2 });
  const partsOfCents = numbers({ ...dollars, maximumSignificantDigits: 2 });
  const milliseconds = inUnit("millisecond", 0);
  const seconds = inUnit("second", 1);
  const minutes = inUnit("minute", 1);
  const hours = inUnit("hour", 1);
  return {
    count: plain,
    compact: (value) => (Math.abs(value) >= compactFrom ? short(value) : plain(value)),
    percent: (value) => (value >= 0.1 ? wholeShare : share)(value),
    change: signed,
    amount: (value) => {
      const size = Math.abs(value);
      if (size >= compactFrom) return short(value);
      return size >= 100 ? whole(value) : size >= 1 ? plain(value) : fine(value);
    },
    dollars: (credits) => {
      const value = credits * dollarsPerCredit;
      return (value === 0 || value >= 0.01 ? cents : partsOfCents)(value);
    },
    duration: (ms) => {
      if (ms < 1_000) return milliseconds(ms);
      if (ms < minuteMs) return seconds(ms / 1_000);
      if (ms < hourMs) return minutes(ms / minuteMs);
      return hours(ms / hourMs);
    },
    bytes: (bytes) => formatBytes(bytes, locale),
  };
}
