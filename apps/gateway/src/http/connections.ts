import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Which connections carry a request. Node's own `closeIdleConnections` takes one that was opened and has not asked
 * anything yet for busy, and would let it hold up a stop.
 */
export class Connections {
  readonly #requests = new Map<Socket, number>();
  #closing = false;

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#requests.set(socket, 0);
      socket.on("close", () => this.#requests.delete(socket));
    });
    server.on("request", ({ socket }, response) => {
      this.#requests.set(socket, (this.#requests.get(socket) ?? 0) + 1);
      response.on("close", () => this.#requestEnded(socket));
    });
  }

  /** Closes the connections without a request now, and each other one as soon as its last answer is sent. */
  closeWhenIdle(): void {
    this.#closing = true;
    for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroy();
  }

  #requestEnded(socket: Socket): void {
    const requests = this.#requests.get(socket);
    if (requests === undefined) return;
    this.#requests.set(socket, requests - 1);
    if (this.#closing && requests === 1) socket.end();
  }
}
