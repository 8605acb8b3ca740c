import type { Clock } from "@copilot-llm/model";
import { GatewayError } from "@copilot-llm/model";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";

const maxSessions = 1_000;
const maxSessionsPerOwner = 100;
const maxIdleMs = 60 * 60_000;
/** What one session's conversations may hold, and those of all sessions. */
export const maxSessionCharacters = 2 * 1024 * 1024;
const maxCharacters = 64 * 1024 * 1024;

interface Session {
  readonly ownerId: string;
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  openRequests: number;
  /** What its conversations hold: no less, and no more than they may. */
  characters: number;
  lastUsedMs: number;
}

export interface McpSessionsOptions {
  /** `onMore` is to be told how many characters the server's conversations hold more; what they forget is not told. */
  readonly createServer: (onMore: (characters: number) => void) => McpServer;
  readonly createId: () => string;
  readonly clock: Clock;
}

/**
 * The MCP sessions of this process: a server and a transport each, bound to whoever began it. Idle ones end after an
 * hour, or earlier to make room, for others or for what is said in them; their clients are told that the session is not
 * found and begin a new one.
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
    let session: Session | null = null;
    const server = createServer((characters) => {
      if (session === null) return;
      session.characters = Math.min(session.characters + characters, maxSessionCharacters);
      this.#fitMemory();
    });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: createId,
      onsessioninitialized: (id) => {
        session = { ownerId, server, transport, openRequests: 0, characters: 0, lastUsedMs: clock.monotonicMs() };
        this.#sessions.set(id, session);
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
        this.#fitMemory();
      },
    };
  }

  /** The longest unused end until the rest fits. A busy one does not: it is looked at again when its request has ended. */
  #fitMemory(): void {
    let characters = 0;
    for (const session of this.#sessions.values()) characters += session.characters;
    for (const [id, session] of this.#sessions) {
      if (characters <= maxCharacters) return;
      if (session.openRequests > 0 || session.characters === 0) continue;
      characters -= session.characters;
      this.#end(id, session);
    }
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
