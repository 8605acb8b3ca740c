/** What statistics can be of alone, as it is called in addresses; Sessions has filters of the same names. */
export const narrowingNames = ["model", "key", "token", "protocol"] as const;
export type NarrowingName = (typeof narrowingNames)[number];

/** Only requests of one model, with one key, on one token or in one protocol. */
export interface Narrowing {
  dimension: NarrowingName;
  id: string;
}

/** The one filter that statistics take: the first that is given, as an address may name several. */
export function findNarrowing(read: (name: NarrowingName) => string | null): Narrowing | null {
  for (const dimension of narrowingNames) {
    const id = read(dimension);
    if (id !== null && id !== "") return { dimension, id };
  }
  return null;
}

/** Its part of an address. */
export function encodeNarrowing({ dimension, id }: Narrowing): string {
  return new URLSearchParams({ [dimension]: id }).toString();
}
