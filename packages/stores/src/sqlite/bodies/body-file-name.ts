/** `2026-03-10.dat`; a later one of the same day: `2026-03-10.2.dat`. */
export function plainName(day: string, number: number): string {
  return number === 1 ? `${day}.dat` : `${day}.${number}.dat`;
}

/** The file that takes the place of a plain one. */
export function packedName(name: string): string {
  return name.replace(/\.dat$/, ".pack");
}
