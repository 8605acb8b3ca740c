import type { SessionTurn } from "#lib/api/use-sessions";
import { maxShortMessages } from "#lib/long-chat";

/** What is shown of a turn, of whichever API it comes. */
export type ShownTurn = Omit<SessionTurn, "request"> & { request: { id: string } };

/** A turn, or a part of one that says very much. */
export interface TurnRow<Turn extends ShownTurn> {
  key: string;
  turn: Turn;
  messages: Turn["messages"];
  isFirst: boolean;
  isLast: boolean;
}

const maxRowMessages = 20;

/** Whether a conversation is too long to be in the page as a whole. */
export function isLongConversation(turns: readonly ShownTurn[]): boolean {
  const messages = turns.reduce((sum, turn) => sum + turn.messages.length + (turn.answer === null ? 0 : 1), 0);
  return messages > maxShortMessages;
}

/** Each turn as a row. */
export function listTurnRows<Turn extends ShownTurn>(turns: readonly Turn[]): readonly TurnRow<Turn>[] {
  return turns.map((turn) => ({
    key: turn.request.id,
    turn,
    messages: turn.messages,
    isFirst: true,
    isLast: true,
  }));
}

/** The turns as rows of a bearable size: an agent's first turn may bring a whole conversation along. */
export function splitTurns<Turn extends ShownTurn>(turns: readonly Turn[]): readonly TurnRow<Turn>[] {
  return turns.flatMap((turn) => {
    const { messages, request } = turn;
    const count = Math.max(1, Math.ceil(messages.length / maxRowMessages));
    return Array.from({ length: count }, (_, index) => ({
      key: index === 0 ? request.id : `${request.id} ${index}`,
      turn,
      messages: count === 1 ? messages : messages.slice(index * maxRowMessages, (index + 1) * maxRowMessages),
      isFirst: index === 0,
      isLast: index === count - 1,
    }));
  });
}
