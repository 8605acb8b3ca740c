import * as z from "zod";
import { isBefore, type LogPosition } from "../../segment-log/log-position.js";

/** A conversation's hash, then segment and offset up to which it is forgotten. */
export const forgottenSchema = z.array(z.tuple([z.number(), z.int(), z.int()]));

/** Which conversations were removed, and up to where in the log. */
export class ForgottenConversations {
  readonly #until = new Map<number, LogPosition>();

  /** In any order: the latest position counts. */
  forget(conversation: number, position: LogPosition): void {
    const known = this.#until.get(conversation);
    if (known === undefined || isBefore(known, position)) this.#until.set(conversation, position);
  }

  isForgotten(conversation: number, position: LogPosition): boolean {
    const until = this.#until.get(conversation);
    return until !== undefined && isBefore(position, until);
  }

  /** Lets go of what concerns only segments that are gone. */
  expire(firstSegment: number): void {
    for (const [conversation, { segment }] of this.#until) {
      if (segment < firstSegment) this.#until.delete(conversation);
    }
  }

  snapshot(): z.infer<typeof forgottenSchema> {
    return [...this.#until].map(([conversation, { segment, offset }]) => [conversation, segment, offset]);
  }

  static restore(stored: z.infer<typeof forgottenSchema>): ForgottenConversations {
    const forgotten = new ForgottenConversations();
    for (const [conversation, segment, offset] of stored) forgotten.forget(conversation, { segment, offset });
    return forgotten;
  }
}
