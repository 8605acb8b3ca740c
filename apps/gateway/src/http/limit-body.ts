import { GatewayError } from "@copilot-llm/model";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GatewayEnv } from "./request-context.js";

/** Refuses longer bodies before they are in memory, whether their length is announced or not. */
export function limitBody(maxBytes: number): MiddlewareHandler<GatewayEnv> {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new GatewayError("request_too_large", `The request is larger than ${maxBytes} bytes.`);
    },
  });
}
