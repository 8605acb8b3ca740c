import { readFileSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls, rootCertificates, type TLSSocket } from "node:tls";

const patienceMs = 10_000;

export interface ProbeOptions {
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
  readonly extraCaCertsFile: string | null;
}

export type Probe =
  | {
      readonly reached: true;
      /** The answer's `date`, and when it came. */
      readonly dateMs: number | null;
      readonly atMs: number;
      readonly tls: TlsFacts | null;
      readonly viaProxy: string | null;
    }
  | { readonly reached: false; readonly why: string; readonly viaProxy: string | null };

export interface TlsFacts {
  /** Who signed the certificate, in its own words. */
  readonly issuer: string;
  /** Whom the signer is known from. */
  readonly knownFrom: "node" | "extra" | "nobody";
  /** Why it is not trusted; null when it is. */
  readonly refusal: string | null;
}

/** Asks the address for its head, as the data plane would get there: by the proxy where one is set, with the certificates that are trusted. */
export async function probeAddress(address: string, options: ProbeOptions, nowMs: () => number): Promise<Probe> {
  const url = new URL(address);
  const viaProxy = url.protocol === "https:" ? proxyFor(url, options) : null;
  try {
    if (url.protocol === "http:") {
      const response = await answerOf(requestHttp(url, { method: "HEAD" }));
      return { reached: true, ...dateOf(response, nowMs()), tls: null, viaProxy };
    }
    const open = () => (viaProxy === null ? Promise.resolve(undefined) : openTunnel(url, viaProxy));
    const { tls, socket } = await openTls(url, open, options.extraCaCertsFile);
    const response = await answerOf(requestHttps(url, { method: "HEAD", createConnection: () => socket }));
    socket.destroy();
    return { reached: true, ...dateOf(response, nowMs()), tls, viaProxy };
  } catch (error) {
    return { reached: false, why: describe(error), viaProxy };
  }
}

/** First with what Node trusts, then with the extra certificates, then whoever it is: so it can be told who is in between. */
async function openTls(url: URL, open: () => Promise<Socket | undefined>, extraCaCertsFile: string | null) {
  const own = await openTlsWith(url, await open(), [...rootCertificates]);
  if (own.authorized) return { socket: own, tls: { issuer: issuerOf(own), knownFrom: "node", refusal: null } as const };
  const refusal = own.authorizationError?.toString() ?? "not trusted";
  if (extraCaCertsFile === null) {
    return { socket: own, tls: { issuer: issuerOf(own), knownFrom: "nobody", refusal } as const };
  }
  own.destroy();
  const extra = await openTlsWith(url, await open(), [...rootCertificates, readFileSync(extraCaCertsFile, "utf8")]);
  const isKnown = extra.authorized;
  const tls: TlsFacts = {
    issuer: issuerOf(extra),
    knownFrom: isKnown ? "extra" : "nobody",
    refusal: isKnown ? null : (extra.authorizationError?.toString() ?? "not trusted"),
  };
  return { socket: extra, tls };
}

function openTlsWith(url: URL, socket: Socket | undefined, ca: string[]): Promise<TLSSocket> {
  const options: ConnectionOptions = {
    host: url.hostname,
    port: Number(url.port || 443),
    servername: url.hostname,
    ca,
    // What is not trusted is told, not used: only the head of a public page is asked for.
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
    ...(socket === undefined ? {} : { socket }),
  };
  return new Promise((resolve, reject) => {
    const secured = connectTls(options, () => resolve(secured));
    secured.setTimeout(patienceMs, () => secured.destroy(new Error("no answer in time")));
    secured.once("error", reject);
  });
}

function openTunnel(url: URL, proxy: string): Promise<Socket> {
  const { hostname, port, protocol, username, password } = new URL(proxy);
  const authority = `${url.hostname}:${url.port || 443}`;
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const request = (protocol === "https:" ? requestHttps : requestHttp)({
    host: hostname,
    port: port || (protocol === "https:" ? 443 : 80),
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...(username === "" ? {} : { "proxy-authorization": `Basic ${credentials}` }) },
    timeout: patienceMs,
  });
  return new Promise((resolve, reject) => {
    request.once("connect", ({ statusCode }, socket: Socket) =>
      statusCode === 200 ? resolve(socket) : reject(new Error(`the proxy answers ${statusCode} to CONNECT`)),
    );
    request.once("timeout", () => request.destroy(new Error("the proxy does not answer in time")));
    request.once("error", reject);
    request.end();
  });
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.setTimeout(patienceMs, () => request.destroy(new Error("no answer in time")));
    request.once("error", reject);
    request.once("response", (response) => {
      response.resume();
      resolve(response);
    });
    request.end();
  });
}

function dateOf({ headers }: IncomingMessage, atMs: number) {
  const dateMs = Date.parse(headers.date ?? "");
  return { dateMs: Number.isNaN(dateMs) ? null : dateMs, atMs };
}

function issuerOf(socket: TLSSocket): string {
  const { O: organisation, CN: name } = socket.getPeerCertificate().issuer ?? {};
  return [organisation, name].flat().filter(Boolean).join(", ") || "an unnamed signer";
}

/** As the data plane decides: names and suffixes, `*` for all. */
function proxyFor({ hostname, port }: URL, { httpsProxy, noProxy }: ProbeOptions): string | null {
  if (httpsProxy === null) return null;
  const isExcepted = (noProxy ?? "").split(/[\s,]+/).some((entry) => {
    const [name = "", onlyPort] = entry
      .toLowerCase()
      .replace(/^\*?\./, "")
      .split(":");
    if (name === "" || (onlyPort !== undefined && onlyPort !== (port || "443"))) return false;
    return name === "*" || hostname === name || hostname.endsWith(`.${name}`);
  });
  return isExcepted ? null : httpsProxy;
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}
