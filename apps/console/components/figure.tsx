import { useFigures } from "#lib/use-figures";

/** A count, shortened when it is long, with the exact one on hover; a dash for what is not known. */
export function Count({ value }: { value: number | null | undefined }) {
  const figures = useFigures();
  if (value == null) return <Unknown />;
  const shown = figures.compact(value);
  const exact = figures.count(value);
  return shown === exact ? shown : <span title={exact}>{shown}</span>;
}

/** Premium units or credits; every digit on hover. */
export function Amount({ value }: { value: number | null | undefined }) {
  const figures = useFigures();
  if (value == null) return <Unknown />;
  const shown = figures.amount(value);
  return shown === String(value) ? shown : <span title={String(value)}>{shown}</span>;
}

/** How long something took; the milliseconds on hover. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  const figures = useFigures();
  if (ms == null) return <Unknown />;
  return ms < 1_000 ? figures.duration(ms) : <span title={`${figures.count(ms)} ms`}>{figures.duration(ms)}</span>;
}

/** "Not known" is not zero. */
export function Unknown() {
  return <span className="text-foreground-soft">–</span>;
}
