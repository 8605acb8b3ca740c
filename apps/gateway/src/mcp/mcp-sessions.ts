import type { Clock } from "@copilot-llm/model";
import { GatewayError } from "@copilot-llm/model";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";

const maxSessions = 1_000;
const maxSessionsPerOwner = 100;
const maxIdleMs = 60 * 60_000;

interface Session {
  readonly ownerId: string;
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  openRequests: number;
  lastUsedMs: number;
}

export interface McpSessionsOptions {
  readonly createServer: () => McpServer;
  readonly createId: () => string;
  readonly clock: Clock;
}

/**
 * The MCP sessions of this process: a server and a transport each, bound to whoever began it. Idle ones end after an
 * hour, or earlier to make room; their clients are told that the session is not found and begin a new one.
 */
export class McpSessions {
  readonly #options: McpSessionsOptions;
  /** The least recently used first. */
  readonly #sessions = new Map<string, Session>();

  constructor(options: McpSessionsOptions) {
    this.#options = options;
  }

  /** A transport that becomes a session once it is initialized. Throws `unavailable` when every session is busy. */
  async begin(ownerId: string): Promise<WebStandardStreamableHTTPServerTransport> {
    const { clock, createId, createServer } = this.#options;
    this.#makeRoom(ownerId);
    const server = createServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: createId,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, { ownerId, server, transport, openRequests: 0, lastUsedMs: clock.monotonicMs() });
      },
      onsessionclosed: (id) => {
        this.#sessions.delete(id);
      },
    });
    await server.connect(transport);
    return transport;
  }

  /** The session's transport, or null when there is none of this owner's. `release` says that the request has ended. */
  use(id: string, ownerId: string): { transport: WebStandardStreamableHTTPServerTransport; release(): void } | null {
    const session = this.#sessions.get(id);
    if (session === undefined || session.ownerId !== ownerId) return null;
    session.openRequests += 1;
    session.lastUsedMs = this.#options.clock.monotonicMs();
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    return {
      transport: session.transport,
      release: () => {
        session.openRequests -= 1;
        session.lastUsedMs = this.#options.clock.monotonicMs();
      },
    };
  }

  #makeRoom(ownerId: string): void {
    const nowMs = this.#options.clock.monotonicMs();
    const idle = [...this.#sessions].filter(([, session]) => session.openRequests === 0);
    for (const [id, session] of idle) if (nowMs - session.lastUsedMs > maxIdleMs) this.#end(id, session);
    const owned = [...this.#sessions.values()].filter((session) => session.ownerId === ownerId).length;
    if (owned >= maxSessionsPerOwner) this.#endOldest(idle.filter(([, session]) => session.ownerId === ownerId));
    else if (this.#sessions.size >= maxSessions) this.#endOldest(idle);
  }

  #endOldest(idle: readonly [string, Session][]): void {
    const oldest = idle.find(([id]) => this.#sessions.has(id));
    if (oldest === undefined) {
      throw new GatewayError("unavailable", "Too many MCP sessions are busy.", { retryAfterMs: 10_000 });
    }
    this.#end(...oldest);
  }

  #end(id: string, session: Session): void {
    this.#sessions.delete(id);
    void session.server.close();
  }
}
