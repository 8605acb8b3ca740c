import { GatewayError } from "@copilot-llm/model";

/** A settings file that is not touched, because it cannot be read or holds something else where our entries go. */
export function unreadable(why: string): GatewayError {
  return new GatewayError("invalid_request", `The file cannot be changed safely: ${why}.`);
}
