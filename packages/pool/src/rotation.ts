/** What the rotation keeps about each token; it alone writes these fields. */
export interface RotationSlot {
  /** Turns had, on the rotation's own time scale. */
  turns: number;
  /** Requests since the last turn was charged that came by affinity or by name, not by the rotation. */
  directed: number;
  /** The number of the last placement here, 0 for none. */
  placedAt: number;
}

/** So many directed requests weigh as many turns: rare ones leave the rotation exact, many still even out. */
const directedBlock = 32;

/**
 * Fair turns over a set that changes: the fewest turns first, then who waited longest. A token that was away resumes
 * at the others' level and is not made to catch up, so that nobody returns into a burst.
 */
export class Rotation {
  #level = 0;
  #placements = 0;

  /** Whether `a` comes before `b`. Equals keep the caller's order. */
  isBefore(a: RotationSlot, b: RotationSlot): boolean {
    const turnsA = Math.max(a.turns, this.#level);
    const turnsB = Math.max(b.turns, this.#level);
    return turnsA === turnsB ? a.placedAt < b.placedAt : turnsA < turnsB;
  }

  /** The slot had a turn by the rotation's choice. */
  place(slot: RotationSlot): void {
    this.#level = Math.max(slot.turns, this.#level);
    slot.turns = this.#level + 1;
    this.#placements += 1;
    slot.placedAt = this.#placements;
  }

  /** The slot served a request that had no choice. */
  direct(slot: RotationSlot): void {
    slot.directed += 1;
    if (slot.directed < directedBlock) return;
    slot.directed = 0;
    slot.turns = Math.max(slot.turns, this.#level) + directedBlock;
  }
}
