import type { CanonicalEvent } from "../canonical/event.js";

/** Which block is being written, and the events of others that wait for its end. */
export interface BlockOrder {
  readonly current: string | null;
  readonly waiting: readonly CanonicalEvent[];
}

export const noBlocks: BlockOrder = { current: null, waiting: [] };

/**
 * The events that may be written now: Messages streams one block after the other, while the calls of a Chat upstream may
 * come mixed. What waits at the end of the answer is written before it; an error lets it go.
 */
export function orderBlocks(
  order: BlockOrder,
  event: CanonicalEvent,
): readonly [BlockOrder, readonly CanonicalEvent[]] {
  if (event.type === "finish" && order.waiting.length > 0) return [noBlocks, [...byBlock(order.waiting), event]];
  const key = keyOf(event);
  if (key === null) return [order, [event]];
  if (order.current !== null && order.current !== key) {
    return [{ ...order, waiting: [...order.waiting, event] }, []];
  }
  if (!isEnd(event)) return [order.current === key ? order : { ...order, current: key }, [event]];
  return release({ current: null, waiting: order.waiting }, [event]);
}

/** Lets waiting blocks go, one by one, up to the first that is not whole. */
function release(
  order: BlockOrder,
  events: readonly CanonicalEvent[],
): readonly [BlockOrder, readonly CanonicalEvent[]] {
  const [next] = order.waiting;
  if (next === undefined) return [order, events];
  const key = keyOf(next);
  const block = order.waiting.filter((event) => keyOf(event) === key);
  const waiting = order.waiting.filter((event) => keyOf(event) !== key);
  const released = [...events, ...block];
  return block.some(isEnd) ? release({ current: null, waiting }, released) : [{ current: key, waiting }, released];
}

function byBlock(events: readonly CanonicalEvent[]): CanonicalEvent[] {
  return [...new Set(events.map(keyOf))].flatMap((key) => events.filter((event) => keyOf(event) === key));
}

/** Null for events outside of blocks. */
function keyOf(event: CanonicalEvent): string | null {
  switch (event.type) {
    case "text-start":
    case "text-delta":
    case "text-end":
      return `text:${event.id}`;
    case "reasoning-start":
    case "reasoning-delta":
    case "reasoning-end":
      return `reasoning:${event.id}`;
    case "tool-input-start":
    case "tool-input-delta":
    case "tool-input-end":
      return `tool:${event.id}`;
    default:
      return null;
  }
}

function isEnd({ type }: CanonicalEvent): boolean {
  return type === "text-end" || type === "reasoning-end" || type === "tool-input-end";
}
