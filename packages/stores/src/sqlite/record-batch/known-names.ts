import type { RequestRecord } from "@copilot-llm/model";
import type { RecordNames } from "./record-names.js";

export interface KnownNames extends RecordNames {
  /** Every one of them can be kept just as it is. */
  readonly isExact: boolean;
}

const mostNames = 2048;
/** A client may send long ones, and others each time. */
const mostCharacters = 1 << 20;
/** Among so many of one key and model the right ones are looked for; more are as good as new. */
const mostAlike = 16;

/** Which names were sent already. To compare a few texts, which are mostly the same ones, costs less than to look up each. */
export class KnownNamesTable {
  readonly #byKey = new Map<string, Map<string | null, KnownNames[]>>();
  #latestCode = 0;
  #characters = 0;

  get isFull(): boolean {
    return this.#latestCode >= mostNames || this.#characters >= mostCharacters;
  }

  clear(): void {
    this.#byKey.clear();
    this.#latestCode = 0;
    this.#characters = 0;
  }

  find(record: RequestRecord): KnownNames | null {
    const alike = this.#byKey.get(record.keyAlias)?.get(record.modelUsed);
    if (alike === undefined) return null;
    for (const known of alike) {
      if (hasNames(record, known.values)) return known;
    }
    return null;
  }

  add(record: RequestRecord, values: readonly (string | null)[], isExact: boolean): KnownNames {
    this.#latestCode += 1;
    for (const value of values) this.#characters += value?.length ?? 0;
    const known = { code: this.#latestCode, values, isExact };
    const ofKey = this.#byKey.get(record.keyAlias) ?? new Map<string | null, KnownNames[]>();
    this.#byKey.set(record.keyAlias, ofKey);
    const alike = ofKey.get(record.modelUsed) ?? [];
    ofKey.set(record.modelUsed, alike);
    if (alike.length >= mostAlike) alike.shift();
    alike.push(known);
    return known;
  }
}

function hasNames(record: RequestRecord, values: readonly (string | null)[]): boolean {
  return (
    values[0] === record.recording &&
    values[1] === record.keyId &&
    values[2] === record.keyAlias &&
    values[3] === record.tokenId &&
    values[4] === record.tokenAlias &&
    values[5] === record.modelAsked &&
    values[6] === record.modelUsed &&
    values[7] === record.operation &&
    values[8] === record.protocol &&
    values[9] === record.wire &&
    values[10] === record.initiator &&
    values[11] === record.outcome &&
    values[12] === record.errorCode &&
    values[13] === record.clientIp &&
    values[14] === record.userAgent &&
    values[15] === (record.batchId ?? null)
  );
}
