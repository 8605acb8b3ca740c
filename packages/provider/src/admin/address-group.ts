import { isIPv6 } from "node:net";

const ipv6Parts = 8;
/** The first 64 bits: what one customer of a network has. */
const networkParts = 4;
const maxCharacters = 64;

/** What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, each of which has 2^64 addresses. */
export function addressGroup(address: string | null): string {
  if (address === null) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return address.slice(0, maxCharacters);
  const [head = "", tail] = plain.toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, ipv6Parts - before.length - after.length) }, () => "0");
  const parts = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${parts
    .slice(0, networkParts)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** Whether it is this machine's own. */
export function isLoopback(address: string | null): boolean {
  return address === "::1" || /^(::ffff:)?127\./i.test(address ?? "");
}
