import { AsyncLocalStorage } from "node:async_hooks";
import { type Caller, createMcpServer, createProviderBackend } from "@copilot-llm/mcp-tools";
import { type Clock, GatewayError, type Log, parseJson, type Randomness } from "@copilot-llm/model";
import { keyOf, type Provider, principalName } from "@copilot-llm/provider";
import { ErrorCode, isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { authenticate } from "../auth/credential.js";
import { corsHeaders } from "../http/cors.js";
import { logServed } from "../http/log-served.js";
import { onceClosed } from "../http/once-closed.js";
import { readBodyInTime } from "../http/read-body-in-time.js";
import type { GatewayContext } from "../http/request-context.js";
import { assertTrustedOrigin, type OriginRules } from "./assert-trusted-origin.js";
import { McpSessions, maxSessionCharacters } from "./mcp-sessions.js";
import { measureChats } from "./measure-chats.js";

const sessionHeader = "mcp-session-id";
/** Not of JSON-RPC but of MCP's own SDKs, whose clients begin a new session on it. */
const sessionNotFound = -32001;

export interface McpRouteOptions extends OriginRules {
  readonly provider: Provider;
  readonly maxBodyBytes: number;
  readonly version: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** False while the gateway drains. */
  readonly isAccepting: () => boolean;
}

/** Answers one message of MCP, or the end of a session. */
export type McpEndpoint = (context: GatewayContext) => Promise<Response>;

/** The server behind the route, with its sessions. MCP's SDK comes with this file, so it is loaded when first asked for. */
export function createMcpEndpoint(options: McpRouteOptions): McpEndpoint {
  const { provider, clock, randomness } = options;
  const callers = new AsyncLocalStorage<Caller>();
  const backend = createProviderBackend({ provider, caller: () => currentCaller(callers) });
  const serverOptions = { ...options, defaultModel: null, maxConversationCharacters: maxSessionCharacters };
  const sessions = new McpSessions({
    createServer: (onMore) => createMcpServer(measureChats(backend, onMore), serverOptions),
    createId: () => Buffer.from(randomness.bytes(24)).toString("base64url"),
    clock,
  });

  return async (context) => {
    if (!options.isAccepting()) {
      throw new GatewayError("unavailable", "The gateway is shutting down.", { retryAfterMs: 1_000 });
    }
    const { localAddress, remoteAddress } = context.env.incoming.socket;
    const { host, origin } = context.req.header();
    assertTrustedOrigin({ host, origin, localAddress, remoteAddress }, options);
    const caller = await identify(context, provider);
    const response = await callers.run(caller, () => answer(context, sessions, ownerOf(caller), options));
    return withHeaders(response, context, options.corsOrigins);
  };
}

function currentCaller(callers: AsyncLocalStorage<Caller>): Caller {
  const caller = callers.getStore();
  if (caller === undefined) throw new GatewayError("internal", "A tool was called outside of a request.");
  return caller;
}

async function identify(context: GatewayContext, provider: Provider): Promise<Caller> {
  context.header("www-authenticate", "Bearer");
  const principal = await authenticate(context.req, context.get("exchange").logEntry, provider);
  context.header("www-authenticate", undefined);
  context.get("exchange").logEntry.add({ key: principalName(principal) });
  const hungUp = new AbortController();
  onceClosed(context.env.outgoing, () => hungUp.abort());
  return {
    principal,
    clientIp: context.get("exchange").clientIp,
    userAgent: context.req.header("user-agent") ?? null,
    hungUp: hungUp.signal,
    onServed(chatRequestId, answer) {
      logServed(context.get("exchange").logEntry, answer, { chat_request_id: chatRequestId });
    },
  };
}

/** Whose a session is. */
function ownerOf({ principal }: Caller): string {
  return keyOf(principal)?.id ?? principalName(principal);
}

async function answer(
  context: GatewayContext,
  sessions: McpSessions,
  ownerId: string,
  { maxBodyBytes, clock }: Pick<McpRouteOptions, "maxBodyBytes" | "clock">,
): Promise<Response> {
  const { raw } = context.req;
  const { incoming, outgoing } = context.env;
  const bytes = await readBodyInTime(incoming, maxBodyBytes, { clock, wholeWithinMs: null });
  const parsedBody = raw.method === "DELETE" ? undefined : parseJson(Buffer.from(bytes).toString("utf8"));
  if (raw.method === "POST" && parsedBody === undefined) {
    return rpcError(400, ErrorCode.ParseError, "The body is not JSON.");
  }
  noteMethod(context, parsedBody);
  const id = context.req.header(sessionHeader);
  if (id === undefined) {
    if (!isInitializeRequest(parsedBody)) {
      return rpcError(
        400,
        ErrorCode.InvalidRequest,
        "Begin with `initialize`, then send the Mcp-Session-Id it answered.",
      );
    }
    const transport = await sessions.begin(ownerId);
    return transport.handleRequest(raw, { parsedBody });
  }
  const session = sessions.use(id, ownerId);
  if (session === null) return rpcError(404, sessionNotFound, "Session not found. Begin a new one with `initialize`.");
  onceClosed(outgoing, session.release);
  return session.transport.handleRequest(raw, { parsedBody });
}

function noteMethod(context: GatewayContext, message: unknown): void {
  if (typeof message !== "object" || message === null || !("method" in message)) return;
  context.get("exchange").logEntry.add({ mcp_method: message.method });
}

function rpcError(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status });
}

/** The transport's answer with our headers; its body goes out as it is. */
function withHeaders(response: Response, context: GatewayContext, corsOrigins: OriginRules["corsOrigins"]): Response {
  const headers = new Headers(response.headers);
  headers.set("x-request-id", context.get("exchange").requestId);
  for (const [name, value] of Object.entries(context.get("exchange").answerHeaders)) headers.set(name, value);
  const cors = corsHeaders(corsOrigins, context.req.header("origin"));
  for (const [name, value] of Object.entries(cors)) headers.set(name, value);
  const exposed = cors["access-control-expose-headers"];
  if (exposed !== undefined) headers.set("access-control-expose-headers", `${exposed}, ${sessionHeader}`);
  return new Response(response.body, { status: response.status, headers });
}
