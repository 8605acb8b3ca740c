import { GatewayError } from "@copilot-llm/model";

export function clientClosed(): GatewayError {
  return new GatewayError("client_closed", "The client hung up while sending its request.");
}

export function bodyTooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    "request_too_large",
    `The request body is larger than ${maxBytes} bytes, the most this gateway takes.`,
  );
}
