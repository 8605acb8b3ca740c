/** What a box is like that scrolls. */
export interface ScrollState {
  topPx: number;
  heightPx: number;
  contentPx: number;
}

/** So near its end a list follows what comes there. */
const nearEndPx = 70;
/** By so much a list may have been shorter for a moment, a row being lower than was guessed. */
const guessedPx = 300;

export function isNearEnd({ topPx, heightPx, contentPx }: ScrollState): boolean {
  return contentPx - heightPx - topPx <= nearEndPx;
}

/**
 * Whether somebody got to the end between two states. It may have moved on since, the box having got smaller or more
 * having come in: they went to where it was.
 */
export function isReached(before: ScrollState, now: ScrollState): boolean {
  return isNearEnd(now) || (now.topPx > before.topPx && isNearEnd({ ...before, topPx: now.topPx }));
}

/**
 * Whether somebody went up between two states, and not the browser, which has to when the box gets larger or what is in
 * it shorter: by then what is in it may be longer than before again.
 */
export function isLeft(before: ScrollState, now: ScrollState, isUpWanted: boolean): boolean {
  const upPx = before.topPx - now.topPx;
  if (upPx <= 0 || isNearEnd(now)) return false;
  return isUpWanted || upPx > Math.max(0, now.heightPx - before.heightPx) + guessedPx;
}
