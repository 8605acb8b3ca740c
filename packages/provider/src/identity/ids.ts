import type { Clock, Randomness } from "@copilot-llm/model";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeLength = 10;
const randomLength = 16;

export type IdPrefix = "req" | "key" | "tok" | "usr" | "evt" | "dev" | "inv" | "team" | "file" | "batch" | "msgbatch";

export type Ids = (prefix: IdPrefix) => string;

/**
 * Ids such as `req_01JD0X…`: a prefix and a ULID, so that ids sort by time and a record's time can be read from its id.
 * Random bytes are drawn in blocks, since one request needs one id.
 */
export function createIds(clock: Clock, randomness: Randomness): Ids {
  let pool = new Uint8Array(0);
  let used = 0;
  const nextByte = (): number => {
    if (used === pool.length) {
      pool = Uint8Array.from(randomness.bytes(randomLength * 64));
      used = 0;
    }
    return pool[used++] ?? 0;
  };
  return (prefix) => {
    let time = "";
    for (let rest = clock.nowMs(), index = 0; index < timeLength; index++) {
      time = crockford.charAt(rest % 32) + time;
      rest = Math.floor(rest / 32);
    }
    let random = "";
    for (let index = 0; index < randomLength; index++) random += crockford.charAt(nextByte() % 32);
    return `${prefix}_${time}${random}`;
  };
}
