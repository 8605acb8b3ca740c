import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Carried {
  /** Requests whose answers are not closed yet. */
  requests: number;
  latest: ServerResponse | null;
}

/**
 * What connections carry. Node's own `closeIdleConnections` takes one that was opened and has not asked
 * anything yet for busy, and would let it hold up a stop.
 */
export class Connections {
  readonly #carried = new Map<Socket, Carried>();
  #closing = false;

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#carried.set(socket, { requests: 0, latest: null });
      socket.on("close", () => this.#carried.delete(socket));
    });
    server.on("request", ({ socket }, response) => {
      const carried = this.#carried.get(socket);
      if (carried === undefined) return;
      carried.requests += 1;
      carried.latest = response;
      response.on("close", () => this.#requestEnded(socket));
    });
  }

  /** Whether a part of an answer has gone out, and more of it is to come. */
  isAnswering(socket: Socket): boolean {
    const latest = this.#carried.get(socket)?.latest ?? null;
    return latest?.headersSent === true && !latest.writableFinished;
  }

  /** Closes the connections without a request now, and each other one as soon as its last answer is sent. */
  closeWhenIdle(): void {
    this.#closing = true;
    for (const [socket, { requests }] of this.#carried) if (requests === 0) socket.destroy();
  }

  #requestEnded(socket: Socket): void {
    const carried = this.#carried.get(socket);
    if (carried === undefined) return;
    carried.requests -= 1;
    if (carried.requests === 0) carried.latest = null;
    if (this.#closing && carried.requests === 0) socket.end();
  }
}
