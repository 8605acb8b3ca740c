import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { onTestFinished } from "vitest";
import { selfSigned } from "../testing/self-signed.ts";

/** An HTTP/2 connection to a proxy with the tests' certificate; it ends with the test. */
export async function connectHttp2(url: string): Promise<ClientHttp2Session> {
  const session = connect(url, { ca: selfSigned.certificate });
  onTestFinished(() => session.destroy());
  await once(session, "connect");
  return session;
}

/** One answer as it comes. */
export interface Http2Answer {
  readonly status: Promise<number>;
  /** The next piece of the body; null at its end. Rejects when the stream is broken off. */
  next(): Promise<string | null>;
  text(): Promise<string>;
}

export function request(
  session: ClientHttp2Session,
  path: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Http2Answer {
  const stream: ClientHttp2Stream = session.request({ ":method": method, ":path": path, ...headers });
  stream.setEncoding("utf8");
  const status = new Promise<number>((resolve, reject) => {
    stream.once("response", (answer) => resolve(Number(answer[":status"])));
    stream.once("error", reject);
    stream.once("close", () => reject(new Error(`closed before an answer (${stream.rstCode})`)));
  });
  const pieces = stream[Symbol.asyncIterator]();
  const next = async (): Promise<string | null> => {
    const { value, done } = await pieces.next();
    if (done && stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw new Error(`broken off (${stream.rstCode})`);
    return done ? null : String(value);
  };
  // A proxy that refuses a body stops reading it.
  stream.on("error", () => undefined);
  stream.end(body);
  return {
    status,
    next,
    async text() {
      let text = "";
      for (let piece = await next(); piece !== null; piece = await next()) text += piece;
      return text;
    },
  };
}
