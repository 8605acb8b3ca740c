import { GatewayError } from "@copilot-llm/model";
import type { LogPosition } from "../../segment-log/log-position.js";

export function encodeCursor({ segment, offset }: LogPosition): string {
  return `${segment.toString(36)}-${offset.toString(36)}`;
}

export function parseCursor(cursor: string): LogPosition {
  const [, segment, offset] = /^([0-9a-z]{1,8})-([0-9a-z]{1,8})$/.exec(cursor) ?? [];
  if (segment === undefined || offset === undefined) {
    throw new GatewayError("invalid_request", "The cursor is not one that a page of this list gave.", {
      param: "cursor",
    });
  }
  return { segment: Number.parseInt(segment, 36), offset: Number.parseInt(offset, 36) };
}
