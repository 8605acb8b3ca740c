import { LatestMap } from "@copilot-llm/model";
import { peekRequest, type RequestPeek } from "@copilot-llm/protocols";
import type { RecordedRequest, Stores } from "@copilot-llm/stores";
import { principalId } from "../identity/principal.js";
import type { ServeCall } from "./serve-call.js";

const maxOpenings = 5_000;
const maxThreads = 128;
const maxTurns = 1_000;
const idPrefix = "req_";
/** So many of the conversations with one opening are looked up on record. */
const recalledAtOnce = 8;

/** One conversation, as far as it is known. */
interface Thread {
  readonly id: string;
  /** The points at which the assistant was asked; true where the history went on from there. */
  readonly turns: Map<number, boolean>;
  /** Whether the request that began it may be one that the client repeats. */
  beginning: "asked" | "unanswered" | "answered";
}

/** The conversations that begin alike, oldest first. */
interface Alike {
  readonly threads: Thread[];
  /** How many of them a request that the client repeats may have begun: mostly none, and there may be very many. */
  unanswered: number;
}

export interface Conversation {
  readonly id: string;
  /** To be called when the request has ended. */
  readonly end: (answered: boolean) => void;
}

/**
 * Which conversation a request belongs to: the one whose history it goes on with. A request without an answer in its
 * history begins one, unless it repeats one that got no answer; a history that was edited or branched stays where it
 * comes from. Ids are `PRINCIPAL:OPENING:ULID`. What another gateway served, or this one before it was started, is
 * looked up on record.
 */
export class Conversations {
  readonly #stores: Pick<Stores, "ledger" | "sessions">;
  /** By principal and opening. */
  readonly #alike = new LatestMap<string, Alike>(maxOpenings);

  constructor(stores: Pick<Stores, "ledger" | "sessions">) {
    this.#stores = stores;
  }

  async find(call: ServeCall, peek: RequestPeek): Promise<Conversation> {
    const opening = `${principalId(call.principal)}:${peek.conversationFingerprint}`;
    if (call.operation === "embed") return { id: createId(opening, call), end: () => {} };
    const alike = this.#known(opening);
    if (peek.turns.length === 1) return begin(alike, opening, call);
    const { threads } = alike;
    const thread =
      goOn(threads, peek.turns, peek.turns.length - 2) ??
      // A request is served although nothing can be looked up.
      (await this.#recall(opening, call, alike, peek.turns).catch(() => null)) ??
      goOn(threads, peek.turns, 0) ??
      add(alike, createId(opening, call), []);
    note(thread, peek.turns);
    return { id: thread.id, end: () => {} };
  }

  #known(opening: string): Alike {
    const known = this.#alike.use(opening);
    if (known !== undefined) return known;
    const alike: Alike = { threads: [], unanswered: 0 };
    this.#alike.set(opening, alike);
    return alike;
  }

  /** Takes in conversations on record that are not known here; the one that the turns go on with, or null. */
  async #recall(
    opening: string,
    { protocol }: ServeCall,
    alike: Alike,
    turns: readonly number[],
  ): Promise<Thread | null> {
    const { threads } = alike;
    const tips = await this.#stores.sessions.withOpening(opening, recalledAtOnce);
    let withoutBodies: Thread | null = null;
    for (const { conversationId, requestId } of [...tips].reverse()) {
      if (threads.some(({ id }) => id === conversationId)) continue;
      const recorded = await this.#stores.ledger.findRecord(requestId);
      if (recorded === null || recorded.record.protocol !== protocol) continue;
      const thread = add(alike, conversationId, turnsOf(recorded));
      if (recorded.bodies === null) withoutBodies = thread;
    }
    return goOn(threads, turns, turns.length - 2) ?? withoutBodies;
  }
}

/** The opening that a conversation's id tells: what keeps its requests on one token. */
export function openingOf(conversationId: string): string {
  const end = conversationId.indexOf(":", conversationId.indexOf(":") + 1);
  return end === -1 ? conversationId : conversationId.slice(0, end);
}

function begin(alike: Alike, opening: string, call: ServeCall): Conversation {
  const repeated = alike.unanswered === 0 ? undefined : alike.threads.findLast(isUnanswered);
  alike.unanswered = repeated === undefined ? 0 : alike.unanswered - 1;
  const thread = repeated ?? add(alike, createId(opening, call), [0]);
  thread.beginning = "asked";
  return {
    id: thread.id,
    end(answered) {
      if (thread.beginning !== "asked") return;
      thread.beginning = answered && call.operation === "generate" ? "answered" : "unanswered";
      // One that was forgotten meanwhile may be counted: it is looked for once in vain.
      if (isUnanswered(thread)) alike.unanswered += 1;
    },
  };
}

function isUnanswered({ beginning }: Thread): boolean {
  return beginning === "unanswered";
}

/** The conversation that shares the latest point with the turns, from the point numbered `from` on. */
function goOn(threads: readonly Thread[], turns: readonly number[], from: number): Thread | null {
  for (let index = turns.length - 1; index >= from; index -= 1) {
    const turn = turns[index] ?? 0;
    const sharing = threads.filter((thread) => thread.turns.has(turn));
    const found = sharing.find((thread) => thread.turns.get(turn) === false) ?? sharing.at(-1);
    if (found === undefined) continue;
    if (index < turns.length - 1) found.turns.set(turn, true);
    return found;
  }
  return null;
}

/** Of a history that came as a whole only the end is known to be the conversation's own. */
function note({ turns: known }: Thread, turns: readonly number[]): void {
  const last = turns.at(-1);
  if (last === undefined || known.has(last)) return;
  known.set(last, false);
  // A map of its own: a turn that goes on keeps its age, and there are very many of these.
  for (const oldest of known.keys()) {
    if (known.size <= maxTurns) break;
    known.delete(oldest);
  }
}

function add({ threads }: Alike, id: string, turns: readonly number[]): Thread {
  const thread: Thread = { id, turns: new Map(), beginning: "answered" };
  note(thread, turns);
  threads.push(thread);
  if (threads.length > maxThreads) threads.shift();
  return thread;
}

/** Of a body that cannot be read none. */
function turnsOf({ record, bodies }: RecordedRequest): readonly number[] {
  if (bodies === null) return [];
  try {
    return peekRequest(record.protocol, bodies.request).turns;
  } catch {
    return [];
  }
}

function createId(opening: string, { requestId }: ServeCall): string {
  return `${opening}:${requestId.startsWith(idPrefix) ? requestId.slice(idPrefix.length) : requestId}`;
}
