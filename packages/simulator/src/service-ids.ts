/** Who an issued id or signature belongs to. */
export interface IdOrigin {
  readonly account: number;
  readonly connection: number;
  readonly model: string;
}

/** Issues the service's ids. Each carries its origin, so that one sent back elsewhere can be refused. */
export interface ServiceIds {
  /** A plain id, unique within the simulator. */
  next(prefix: string): string;
  /** An id or opaque blob bound to its origin. */
  bound(prefix: string, origin: IdOrigin): string;
  /** The origin of a bound id; undefined when this simulator did not issue it. */
  originOf(id: string): IdOrigin | undefined;
}

const marker = "sim1";

/** Ids count up from `start`: equal runs give equal ids, and a later run gives others. */
export function createServiceIds(start: number): ServiceIds {
  let count = start;
  const nextNumber = (): string => {
    count += 1;
    return count.toString(36).padStart(8, "0");
  };
  return {
    next: (prefix) => `${prefix}${marker}${nextNumber()}`,
    bound: (prefix, { account, connection, model }) => {
      const origin = Buffer.from(`${account}|${connection}|${model}`).toString("base64url");
      return `${prefix}${marker}${nextNumber()}${origin}`;
    },
    originOf: (id) => {
      const start = id.lastIndexOf(marker);
      if (start < 0) return undefined;
      const decoded = Buffer.from(id.slice(start + marker.length + 8), "base64url").toString("utf8");
      const [account, connection, ...model] = decoded.split("|");
      if (account === undefined || connection === undefined || model.length === 0) return undefined;
      return { account: Number(account), connection: Number(connection), model: model.join("|") };
    },
  };
}
