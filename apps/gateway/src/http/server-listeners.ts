import type { RequestListener } from "node:http";
import type { Socket } from "node:net";

/** Who answers what comes over a server's connections. */
export interface ServerListeners {
  readonly request: RequestListener;
  /** A request that expects something else than `100-continue`. */
  readonly expectation: RequestListener;
  /**
   * What is no request of HTTP, whose head is too long or comes too slowly; `answering`: an answer is on its way already.
   * The connection is the listener's to end.
   */
  readonly malformed: (error: NodeJS.ErrnoException, socket: Socket, answering: boolean) => void;
}
