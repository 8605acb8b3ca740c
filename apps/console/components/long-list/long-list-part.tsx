import { createLazyPart } from "#lib/lazy-part";
import type { LongListProps } from "#lib/long-list";

/** The list that has only the rows in sight in the page; its code is fetched when a list is long. */
export const LongListPart = createLazyPart<LongListProps>(async () => (await import("./long-list")).LongList);
