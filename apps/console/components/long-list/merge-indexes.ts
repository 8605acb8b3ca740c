/** Rows from `first` to `last`, both included. */
export type Span = readonly [first: number, last: number];

/** The rows in sight and those that have to be there besides, in order, each once. */
export function mergeIndexes(inSight: readonly number[], besides: readonly (Span | null)[], count: number): number[] {
  const all = new Set(inSight);
  for (const span of besides) {
    if (span === null) continue;
    for (let index = Math.max(0, span[0]); index <= Math.min(count - 1, span[1]); index += 1) all.add(index);
  }
  return [...all].sort((one, other) => one - other);
}
