import type { ReactNode, Ref } from "react";

/** Hands over the element of a row, once it is there. */
export type ShowRow = (index: number, then: (element: HTMLElement) => void) => void;

/** Told to what a list scrolls in before another one leads it up: then it does not hold on to its end. */
export const ledUpEvent = "led-up";

export interface LongListHandle {
  /** Renders a row wherever it is. It stays until another is shown. */
  show: ShowRow;
  /** The list itself; null while it is on its way. */
  element: () => HTMLElement | null;
}

export interface LongListProps {
  /** One a row, its own as long as the list lives: what is known of a row goes by it. */
  keys: readonly string[];
  renderRow: (index: number) => ReactNode;
  rowClassName?: (index: number) => string;
  /** Margins of the list. */
  className?: string;
  gapPx: number;
  /** How high a row may be that was not there yet; about as high as an answer, unless told. */
  estimatedPx?: number;
  /** How many rows there are, those among them that are not loaded; -1 where nobody knows. */
  setSize: number;
  /** How high the rows are that stood here before, first to last: what is read then stays where it is. */
  readHeights?: () => readonly number[];
  /** Whether it follows what comes at its end, while that is in sight. */
  isFollowing?: boolean;
  /** Told whether the end is in sight, where it follows. */
  onEnd?: (isInSight: boolean) => void;
  /** Whether it is read from its end at first. */
  isFromEnd?: boolean;
  /** What changes in the last row is read out. */
  isLive?: boolean;
  handle?: Ref<LongListHandle>;
}
