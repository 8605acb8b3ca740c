/** `pnpm e2e:faults` tries everything at full length; the suite a part of it. */
const isFull = process.env.FAULTS_FULL === "1";

export function lengthOf(lengths: { readonly short: number; readonly full: number }): number {
  return isFull ? lengths.full : lengths.short;
}
