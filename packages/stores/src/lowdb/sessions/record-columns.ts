import type { Protocol, RequestOutcome, RequestRecord } from "@copilot-llm/model";
import { textHash } from "../text-hash.js";

const protocols: readonly Protocol[] = ["openai-chat", "openai-responses", "anthropic-messages", "openai-embeddings"];
const outcomes: readonly RequestOutcome[] = ["completed", "failed", "aborted"];

/** The conversation of requests that are on record but in no session. */
export const unrecorded = -1;

/** One column per figure; wide elements first, so that each begins at a multiple of its element's size. */
const layout = {
  conversation: Float64Array,
  startedAtMs: Float64Array,
  premiumUnits: Float64Array,
  nanoAiu: Float64Array,
  offset: Uint32Array,
  inputTokens: Uint32Array,
  outputTokens: Uint32Array,
  model: Uint16Array,
  key: Uint16Array,
  token: Uint16Array,
  protocol: Uint8Array,
  outcome: Uint8Array,
} as const;

type ColumnName = keyof typeof layout;

const columnNames = Object.keys(layout) as readonly ColumnName[];

export interface NamedThing {
  readonly id: string;
  readonly label: string;
}

/** What the numbers in the columns `model`, `key` and `token` stand for; 0 of model and token is "none". */
export interface Dictionary {
  readonly models: readonly NamedThing[];
  readonly keys: readonly NamedThing[];
  readonly tokens: readonly NamedThing[];
}

/** The records of one segment in the order of the log, as far as filters and summaries need them. */
export interface RecordColumns {
  readonly length: number;
  readonly dictionary: Dictionary;
  readonly columns: Readonly<Record<ColumnName, ArrayLike<number>>>;
}

export function protocolNumber(protocol: Protocol): number {
  return protocols.indexOf(protocol);
}

export function outcomeNumber(outcome: RequestOutcome): number {
  return outcomes.indexOf(outcome);
}

/** The columns of the segment that is being written. */
export class GrowingColumns implements RecordColumns {
  readonly columns: Record<ColumnName, number[]> = {
    conversation: [],
    startedAtMs: [],
    premiumUnits: [],
    nanoAiu: [],
    offset: [],
    inputTokens: [],
    outputTokens: [],
    model: [],
    key: [],
    token: [],
    protocol: [],
    outcome: [],
  };
  readonly #models = new GrowingNames([none]);
  readonly #keys = new GrowingNames([]);
  readonly #tokens = new GrowingNames([none]);

  get length(): number {
    return this.columns.offset.length;
  }

  get dictionary(): Dictionary {
    return { models: this.#models.things, keys: this.#keys.things, tokens: this.#tokens.things };
  }

  add(record: RequestRecord, offset: number): void {
    const { modelUsed, tokenId } = record;
    const { columns } = this;
    columns.conversation.push(record.recording === "off" ? unrecorded : textHash(record.conversationId));
    columns.startedAtMs.push(record.startedAtMs);
    columns.premiumUnits.push(record.premiumUnits);
    columns.nanoAiu.push(record.nanoAiu ?? 0);
    columns.offset.push(offset);
    columns.inputTokens.push(record.usage?.inputTokens ?? 0);
    columns.outputTokens.push(record.usage?.outputTokens ?? 0);
    columns.model.push(modelUsed === null ? 0 : this.#models.numberOf(modelUsed, modelUsed));
    columns.key.push(this.#keys.numberOf(record.keyId ?? record.keyAlias, record.keyAlias));
    columns.token.push(tokenId === null ? 0 : this.#tokens.numberOf(tokenId, record.tokenAlias ?? tokenId));
    columns.protocol.push(protocolNumber(record.protocol));
    columns.outcome.push(outcomeNumber(record.outcome));
  }
}

const none: NamedThing = { id: "", label: "" };

class GrowingNames {
  readonly things: NamedThing[];
  readonly #numbers = new Map<string, number>();

  constructor(things: readonly NamedThing[]) {
    this.things = [...things];
  }

  numberOf(id: string, label: string): number {
    const known = this.#numbers.get(id);
    const number = known ?? this.things.length;
    if (known === undefined) this.#numbers.set(id, number);
    if (this.things[number]?.label !== label) this.things[number] = { id, label };
    return number;
  }
}

/** The columns one after the other, as they are in memory. */
export function encodeColumns(rows: RecordColumns): Buffer {
  return Buffer.concat(
    columnNames.map((name) => {
      const column = layout[name].from(rows.columns[name]);
      return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
    }),
  );
}

export function decodeColumns(bytes: Uint8Array, length: number, dictionary: Dictionary): RecordColumns {
  // A copy of its own begins at a multiple of every element's size.
  const { buffer } = new Uint8Array(bytes);
  const columns: Partial<Record<ColumnName, ArrayLike<number>>> = {};
  let offset = 0;
  for (const name of columnNames) {
    const column = new layout[name](buffer, offset, length);
    offset += column.byteLength;
    columns[name] = column;
  }
  return { length, dictionary, columns: columns as Record<ColumnName, ArrayLike<number>> };
}
