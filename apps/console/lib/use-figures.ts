import { useMemo } from "react";
import { useLocale } from "use-intl";
import { formatBytes } from "./format-bytes";

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

/** The console's formatters in the reader's language. */
export function useFigures(): Figures {
  const locale = useLocale();
  return useMemo(() => createFigures(locale), [locale]);
}

function createFigures(locale: string): Figures {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const wholeShare = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const inUnit = (unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits });
  const milliseconds = inUnit("millisecond", 0);
  const seconds = inUnit("second", 1);
  const minutes = inUnit("minute", 1);
  const hours = inUnit("hour", 1);
  const digitsFor = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4);
  return {
    count: (value) => plain.format(value),
    compact: (value) => (Math.abs(value) >= compactFrom ? short.format(value) : plain.format(value)),
    percent: (value) => (value >= 0.1 ? wholeShare : share).format(value),
    change: (value) => signed.format(value),
    amount: (value) =>
      Math.abs(value) >= compactFrom
        ? short.format(value)
        : new Intl.NumberFormat(locale, { maximumFractionDigits: digitsFor(value) }).format(value),
    dollars: (credits) => {
      const value = credits * dollarsPerCredit;
      return new Intl.NumberFormat(locale, {
        style: "currency",
        currency: "USD",
        ...(value === 0 || value >= 0.01 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 }),
      }).format(value);
    },
    duration: (ms) => {
      if (ms < 1_000) return milliseconds.format(ms);
      if (ms < 60_000) return seconds.format(ms / 1_000);
      if (ms < 3_600_000) return minutes.format(ms / 60_000);
      return hours.format(ms / 3_600_000);
    },
    bytes: (bytes) => formatBytes(bytes, locale),
  };
}
