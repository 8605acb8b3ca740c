import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { type CancelSignal, GatewayError } from "@copilot-llm/model";
import type { Dispatcher } from "undici";
import { Exchange } from "./exchange.js";
import type { HttpOutcome } from "./http-outcome.js";
import { Agent } from "./undici-agent.js";

const keepAliveMs = 60_000;

export interface HttpTimeouts {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** From the request's last byte to the answer's status line. */
  readonly firstByteMs: number;
  /** The longest silence within a body. Time that a slow consumer takes does not count. */
  readonly idleMs: number;
}

export interface HttpClientOptions {
  readonly timeouts: HttpTimeouts;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** PEM file of certificates trusted besides the built-in ones. */
  readonly extraCaCertsFile?: string | undefined;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly origin: string;
  readonly path: string;
  /** By name, or names and values in turn. */
  readonly headers: Readonly<Record<string, string>> | string[];
  readonly body: Uint8Array | null;
  readonly signal: CancelSignal;
}

export interface HttpClient {
  /** One request over a pooled connection. Rejects with `client_closed` when the signal aborts before the answer. */
  exchange(request: HttpRequest): Promise<HttpOutcome>;
  /** Breaks off what is under way and closes every connection. */
  close(): Promise<void>;
}

/** Keep-alive connections, pooled per origin and as many as there are requests at once. Throws when the CA file cannot be read or the proxy has no address. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const dispatcher = createDispatcher(options);
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        if (request.signal.aborted) {
          reject(new GatewayError("client_closed", "The client closed the request."));
          return;
        }
        const { method, origin, path, headers, body } = request;
        const exchange = new Exchange(resolve, reject, request.signal);
        const dispatch = (by: Dispatcher) => void by.dispatch({ method, origin, path, headers, body }, exchange);
        if (dispatcher instanceof Promise) dispatcher.then(dispatch).catch(reject);
        else dispatch(dispatcher);
      }),
    close: async () => (await dispatcher).destroy(),
  };
}

/** Through a proxy it is a promise: that takes all of undici, which others need not load. */
function createDispatcher(options: HttpClientOptions): Dispatcher | Promise<Dispatcher> {
  const { timeouts, httpsProxy, noProxy, extraCaCertsFile } = options;
  const ca = extraCaCertsFile ? [...rootCertificates, readFileSync(extraCaCertsFile, "utf8")] : undefined;
  const tls = { timeout: timeouts.connectMs, ...(ca === undefined ? {} : { ca }) };
  const agentOptions = {
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.idleMs,
    keepAliveTimeout: keepAliveMs,
    connect: tls,
  };
  if (!httpsProxy) return new Agent(agentOptions);
  // Given explicitly, even if empty, so that undici does not look into the environment by itself.
  const proxy = { httpProxy: "", httpsProxy: new URL(httpsProxy).href, noProxy: noProxy ?? "" };
  return import("undici").then(
    ({ EnvHttpProxyAgent }) => new EnvHttpProxyAgent({ ...agentOptions, ...proxy, requestTls: tls, proxyTls: tls }),
  );
}
