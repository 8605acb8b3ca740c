import { GatewayError } from "@copilot-llm/model";

/** The position of the record after which a page goes on. */
export function encodeCursor(position: number): string {
  return `r${position.toString(36)}`;
}

export function parseCursor(cursor: string): number {
  const [, position] = /^r([0-9a-z]{1,11})$/.exec(cursor) ?? [];
  if (position === undefined) {
    throw new GatewayError("invalid_request", "The cursor is not one that a page of this list gave.", {
      param: "cursor",
    });
  }
  return Number.parseInt(position, 36);
}
