import type { RecordedRequest } from "../interfaces/ledger.js";
import { streamedText } from "./streamed-text.js";

/** Finds a text, in any case, in a record and its bodies, also where JSON spells it with escapes or a stream tells it in pieces. */
export function createTextMatcher(text: string): (recorded: RecordedRequest) => boolean {
  const wanted = text.toLowerCase();
  const escaped = JSON.stringify(wanted).slice(1, -1);
  const spellings = [...new Set([wanted, escaped, escapeBeyondAscii(escaped)])];
  const occursIn = (content: string) => {
    const lowered = content.toLowerCase();
    return spellings.some((spelling) => lowered.includes(spelling));
  };
  return ({ record, bodies }) => {
    if (occursIn(JSON.stringify(record))) return true;
    if (bodies === null) return false;
    const response = decode(bodies.response);
    return (
      occursIn(decode(bodies.request)) || occursIn(response) || streamedText(response).toLowerCase().includes(wanted)
    );
  };
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** As clients write it that send JSON in ASCII. */
function escapeBeyondAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
