import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

export interface OpenExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The client hangs up, as Node tells it: once, and to who listens then. */
  leave(): void;
}

/** A request without a connection, for what depends on the moment in which its client hangs up. */
export function openExchange(method: string, url: string): OpenExchange {
  const incoming = Object.assign(new IncomingMessage(new Socket()), { method, url });
  const outgoing = new ServerResponse(incoming);
  return {
    incoming,
    outgoing,
    leave() {
      if (outgoing.destroyed) return;
      incoming.destroy();
      outgoing.destroy();
      outgoing.emit("close");
    },
  };
}
