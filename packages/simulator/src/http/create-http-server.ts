import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { serveControl } from "../control/control-routes.js";
import { serveCopilot } from "../copilot/copilot-routes.js";
import { serveGitHub } from "../github/github-routes.js";
import type { SimulatorState } from "../simulator-state.js";
import { createExchange, type Exchange } from "./exchange.js";
import type { RequestRecord } from "./request-log.js";

/** The simulator's listening side. */
export interface HttpServer {
  /** Does nothing when it listens already. */
  listen(port: number, host: string): Promise<void>;
  /** Stops listening and cuts every connection. Does nothing when not listening. */
  close(): Promise<void>;
  port(): number;
  url(): string;
}

/** One server for every API. The control route comes first, then GitHub's paths, then Copilot's. */
export function createHttpServer(state: SimulatorState, options: { readonly controlRoute: boolean }): HttpServer {
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  let address: AddressInfo | undefined;

  const server = createServer((request, response) => {
    void serve(request, response, state, options.controlRoute, connections.get(request.socket) ?? 0);
  });
  server.on("connection", (socket) => {
    connectionCount += 1;
    connections.set(socket, connectionCount);
    socket.setNoDelay(true);
  });
  server.on("upgrade", (_request, socket) => {
    socket.end("HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        if (server.listening) {
          resolve();
          return;
        }
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          address = server.address() as AddressInfo;
          resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    port: () => address?.port ?? 0,
    url: () => `http://${address?.family === "IPv6" ? `[${address.address}]` : address?.address}:${address?.port}`,
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  state: SimulatorState,
  controlRoute: boolean,
  connection: number,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) return;
  const record = createRecord(request, response, body, connection, state);
  const exchange = createExchange(request, response, record, state.requests);
  const control = controlRoute && exchange.path.startsWith("/_simulator");
  if (!control) state.requests.append(record);
  try {
    await route(exchange, state, control);
  } catch (error) {
    // A defect of the simulator itself: tests must see it, so it is not dressed up as one of the service's faults.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (response.headersSent) exchange.cut(false);
    else exchange.sendText(500, `simulator defect: ${text}\n`);
  }
}

async function route(exchange: Exchange, state: SimulatorState, control: boolean): Promise<void> {
  if (control) serveControl(exchange, state);
  else if (!(await serveGitHub(exchange, state)) && !(await serveCopilot(exchange, state))) {
    exchange.sendJson(404, { error: { message: "Not Found", code: "not_found" } });
  }
}

/** Undefined when the client hung up first. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function createRecord(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  connection: number,
  state: SimulatorState,
): RequestRecord {
  const { authorization: _authorization, ...headers } = request.headers;
  const url = request.url ?? "/";
  let markFinished: () => void = () => undefined;
  let markAborted: () => void = () => undefined;
  const record: RequestRecord = {
    id: state.ids.next("SIM:"),
    atMs: state.clock.nowMs(),
    method: request.method ?? "GET",
    url,
    path: url.split("?", 1)[0] ?? url,
    headers,
    connection,
    body,
    account: undefined,
    status: 0,
    notes: [],
    responseChunks: [],
    cut: false,
    finishedAtMs: undefined,
    abortedAtMs: undefined,
    onFinished: new Promise((resolve) => {
      markFinished = resolve;
    }),
    onAborted: new Promise((resolve) => {
      markAborted = resolve;
    }),
  };
  response.once("close", () => {
    if (response.writableFinished || record.cut) {
      record.finishedAtMs = state.clock.nowMs();
      markFinished();
    } else {
      record.abortedAtMs = state.clock.nowMs();
      markAborted();
    }
    state.requests.update(record, 0);
  });
  return record;
}
