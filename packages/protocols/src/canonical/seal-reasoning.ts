import { type Wire, wires } from "@copilot-llm/model";
import type { OpaqueReasoning } from "./part.js";

const sealPrefix = "clp1:";

/**
 * The string in which a client's protocol carries sealed reasoning: the data itself where the wire is the client's own,
 * else tagged with its wire. Null gives a tag without data, because clients drop reasoning that has no signature.
 */
export function sealReasoning(opaque: OpaqueReasoning | null, protocol: Wire): string {
  if (opaque === null) return `${sealPrefix}none`;
  if (opaque.wire === protocol && !isSealed(opaque.data)) return opaque.data;
  return `${sealPrefix}${opaque.wire}:${opaque.redacted ? "redacted" : "signed"}:${opaque.data}`;
}

/** The reverse of `sealReasoning`. Untagged data is the protocol's own; a broken tag is nobody's. */
export function unsealReasoning(sealed: string, protocol: Wire, redacted = false): OpaqueReasoning | null {
  if (sealed === "") return null;
  if (!isSealed(sealed)) return { wire: protocol, data: sealed, redacted };
  const [, tag = "", kind = ""] = sealed.split(":", 3);
  const wire = wires.find((name) => name === tag);
  if (wire === undefined) return null;
  const data = sealed.slice(sealPrefix.length + tag.length + kind.length + 2);
  return { wire, data, redacted: kind === "redacted" };
}

/** True for a string that `sealReasoning` tagged: no upstream understands it. */
export function isSealed(data: string): boolean {
  return data.startsWith(sealPrefix);
}
