import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { askRaw, type RawAnswer } from "../testing/ask-raw.js";
import { openGateway } from "../testing/open-gateway.js";
import { ConsoleFiles } from "./console-files.js";

const page = `<!doctype html><script>start()</script><p>${"words ".repeat(400)}</p>`;
const chunk = `export const words = ${JSON.stringify("words ".repeat(400))};`;
const chunkPath = "/_next/static/chunks/0a1b.js";
const chrome = "gzip, deflate, br, zstd";

/** A gateway over a console of one page, one static file and a 404 page. */
async function serveConsole(options: { readonly isPrecompressed: boolean }) {
  const directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-console-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const files = { "/index.html": page, "/keys.html": page, "/404.html": page, [chunkPath]: chunk, "/tiny.txt": "tiny" };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    if (!options.isPrecompressed || name === "/tiny.txt") continue;
    await writeFile(`${file}.br`, brotliCompressSync(text));
    await writeFile(`${file}.gz`, gzipSync(text));
  }
  const { url } = await openGateway({ consoleFiles: await ConsoleFiles.find(directory) });
  const ask = (urlPath: string, headers: Record<string, string> = {}, method = "GET") =>
    askRaw(url + urlPath, { method, headers });
  return Object.assign(ask, { directory });
}

function decoded({ headers, body }: RawAnswer): string {
  if (headers["content-encoding"] === "br") return brotliDecompressSync(body).toString();
  return (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
}

describe("the console's files", () => {
  test.each([
    [chrome, "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["identity", undefined],
    [undefined, undefined],
  ])("go out as the client takes them: accept-encoding %s -> %s", async (accepted, encoding) => {
    const ask = await serveConsole({ isPrecompressed: true });
    const answer = await ask(chunkPath, accepted === undefined ? {} : { "accept-encoding": accepted });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(decoded(answer)).toBe(chunk);
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
    expect(answer.body.length < chunk.length).toBe(encoding !== undefined);
    expect(answer.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
    });
  });

  test("are compressed on the way where the build did not", async () => {
    const ask = await serveConsole({ isPrecompressed: false });
    const answer = await ask(chunkPath, { "accept-encoding": chrome });
    expect(answer.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(decoded(answer)).toBe(chunk);
    const tiny = await ask("/tiny.txt", { "accept-encoding": chrome });
    expect([tiny.headers["content-encoding"], tiny.body.toString()]).toEqual([undefined, "tiny"]);
  });

  test.each([true, false])("are not sent again to whoever has them (precompressed: %s)", async (isPrecompressed) => {
    const ask = await serveConsole({ isPrecompressed });
    const accept = { "accept-encoding": chrome };
    const first = await ask("/keys", accept);
    const again = await ask("/keys", { ...accept, "if-none-match": first.headers.etag ?? "" });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers).toMatchObject({ "cache-control": "no-cache", vary: "accept-encoding" });
    expect(again.headers["x-request-id"]).toMatch(/^req_/);
    expect((await ask("/keys", { ...accept, "if-none-match": '"another"' })).status).toBe(200);
  });

  test("have one validator for each form", async () => {
    const ask = await serveConsole({ isPrecompressed: true });
    const forms = await Promise.all([chrome, "gzip", "identity"].map((each) => ask("/", { "accept-encoding": each })));
    const digests = forms.map(({ body }) => `"${createHash("sha256").update(body).digest("base64url")}"`);
    expect(forms.map(({ headers }) => headers.etag)).toEqual(digests);
    expect(new Set(digests).size).toBe(3);
  });

  test("answer HEAD as GET, without the body", async () => {
    const ask = await serveConsole({ isPrecompressed: true });
    const accept = { "accept-encoding": chrome };
    const [head, get] = [await ask("/keys", accept, "HEAD"), await ask("/keys", accept)];
    const told = ({ headers }: RawAnswer) => ({ ...headers, date: null, "x-request-id": null });
    expect([head.status, head.body.length, told(head)]).toEqual([200, 0, told(get)]);
  });
});

describe("the console's directory", () => {
  test("is read once, when a page is first asked for", async () => {
    const ask = await serveConsole({ isPrecompressed: false });
    const [first, second] = await Promise.all([ask("/keys"), ask(chunkPath)]);
    await rm(ask.directory, { recursive: true });
    expect([first.status, second.status, (await ask("/")).body.toString()]).toEqual([200, 200, page]);
  });

  test("is tried again after it could not be read", async () => {
    const ask = await serveConsole({ isPrecompressed: false });
    await rename(ask.directory, `${ask.directory}.away`);
    expect((await ask("/keys")).status).toBe(500);
    await rename(`${ask.directory}.away`, ask.directory);
    expect((await ask("/keys")).status).toBe(200);
  });

  test("is none without a page to begin with", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-console-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    expect(await ConsoleFiles.find(directory)).toBeNull();
  });
});

describe("the console's pages", () => {
  test("are asked for each time, and may run their own scripts only", async () => {
    const ask = await serveConsole({ isPrecompressed: true });
    for (const urlPath of ["/", "/index.html", "/keys", "/keys/", "/keys.html"]) {
      const answer = await ask(urlPath, { "accept-encoding": chrome });
      expect([urlPath, answer.status, decoded(answer)]).toEqual([urlPath, 200, page]);
      expect(answer.headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-encoding": "br",
        "cache-control": "no-cache",
        "content-security-policy": expect.stringContaining("script-src 'self' 'sha256-"),
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
      });
    }
  });

  test("end where there is none: with the 404 page, and below an API with its error", async () => {
    const ask = await serveConsole({ isPrecompressed: true });
    for (const urlPath of ["/nothing", "/keys.html.br", "/_next/static/chunks/gone.js", "/%2e%2e/%2e%2e/etc/passwd"]) {
      const answer = await ask(urlPath, { "accept-encoding": chrome });
      expect([urlPath, answer.status, decoded(answer)]).toEqual([urlPath, 404, page]);
      expect(answer.headers["cache-control"]).toBe("no-cache");
    }
    for (const urlPath of ["/api/nothing", "/v1/nothing", "/openai/v1/nothing", "/anthropic/nothing"]) {
      const answer = await ask(urlPath);
      expect([urlPath, answer.status, answer.headers["content-type"]]).toEqual([urlPath, 404, "application/json"]);
    }
  });
});
