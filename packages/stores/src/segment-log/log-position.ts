export interface LogPosition {
  readonly segment: number;
  readonly offset: number;
}

/** In the order of the log. */
export function isBefore(a: LogPosition, b: LogPosition): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}
