/** What was found wrong: the values that the error's message names. Empty when there is nothing to name. */
export type Finding = Readonly<Record<string, string | number>>;

/** A finding for errors whose message names nothing. */
export const found: Finding = {};
