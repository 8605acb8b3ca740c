import { BlockList, isIP } from "node:net";

/** A set of networks in CIDR form; a bare address stands for itself. */
export class CidrList {
  readonly #list = new BlockList();

  /** Throws a `RangeError` naming the first entry that is no network. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [address = "", prefix] = entry.split("/");
      const family = isIP(address);
      const longest = family === 4 ? 32 : 128;
      const length = prefix === undefined ? longest : Number(prefix);
      const valid = family !== 0 && prefix !== "" && Number.isInteger(length) && length >= 0 && length <= longest;
      if (!valid) throw new RangeError(entry);
      this.#list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
    }
  }

  has(address: string): boolean {
    const plain = address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
    const family = isIP(plain);
    return family !== 0 && this.#list.check(plain, family === 4 ? "ipv4" : "ipv6");
  }
}
