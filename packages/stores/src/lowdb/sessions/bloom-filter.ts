const bitsPerItem = 16;
const probes = 6;

/** Says for certain that a hash is not there; wrongly that it may be, once in a thousand times. */
export class BloomFilter {
  readonly #bits: Uint8Array;

  /** As `bits` gave them. */
  constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  static of(hashes: ArrayLike<number>): BloomFilter {
    const filter = new BloomFilter(new Uint8Array(Math.max(8, Math.ceil((hashes.length * bitsPerItem) / 8))));
    for (let index = 0; index < hashes.length; index += 1) filter.#add(hashes[index] ?? 0);
    return filter;
  }

  get bits(): Uint8Array {
    return this.#bits;
  }

  mayHave(hash: number): boolean {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = this.#position(hash, probe);
      if (((this.#bits[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
    return true;
  }

  #add(hash: number): void {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = this.#position(hash, probe);
      this.#bits[bit >> 3] = (this.#bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  /** The hash's low and high halves give as many positions as are wanted. */
  #position(hash: number, probe: number): number {
    const high = Math.floor(hash / 2 ** 26) | 1;
    return ((hash % 2 ** 26) + probe * high) % (this.#bits.length * 8);
  }
}
