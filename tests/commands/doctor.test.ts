import { writeFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeWithPostgres } from "../durability/describe-with-postgres.ts";
import { runCommand } from "../testing/run-command.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { githubTokenOf, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly message: string;
  readonly mend: string | null;
}

/** What doctor finds, by check, with GitHub and Copilot at one address. */
async function examine(upstream: string, env: Readonly<Record<string, string>> = {}) {
  const cwd = temporaryDirectory();
  const settings = { PORT: "0", HOME: cwd, GITHUB_API_URL: upstream, COPILOT_API_URL: upstream, ...env };
  const { exitCode, stdout, stderr } = await runCommand(["doctor", "--json"], { cwd, env: settings });
  expect(stderr).toBe("");
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
  return { exitCode, stdout, found: Object.fromEntries(findings.map((finding) => [finding.check, finding])) };
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const answer: RequestListener = (_request, response) => response.end();

describe("doctor", () => {
  it("finds nothing wrong where nothing is, and asks GitHub about each token", async () => {
    const serving = await startServing();
    onTestFinished(() => serving.stop());
    const { exitCode, found, stdout } = await examine(serving.simulator.url, { GITHUB_TOKEN: githubTokenOf("alice") });
    expect(Object.values(found).filter(({ status }) => status === "problem")).toEqual([]);
    expect(exitCode).toBe(0);
    expect(found["token:default"]).toMatchObject({
      status: "ok",
      message: expect.stringMatching(/^default is alice \(\w+\), with \d+ models\.$/),
    });
    expect(stdout).not.toContain(githubTokenOf("alice"));
  });

  it("says of a token that GitHub refuses how to make a better one, with exit code 3", async () => {
    const serving = await startServing();
    onTestFinished(() => serving.stop());
    const { exitCode, found, stdout } = await examine(serving.simulator.url, {
      GITHUB_TOKENS: "bob=gho_0123456789wrong",
    });
    expect(exitCode).toBe(3);
    expect(found["token:bob"]).toMatchObject({
      status: "problem",
      message: expect.stringContaining("Bad credentials"),
      mend: expect.stringContaining("Copilot Requests"),
    });
    expect(stdout).not.toContain("gho_0123456789wrong");
  });

  it("sees the running gateway, and its tokens when it may sign in", async () => {
    const serving = await startServing({ accounts: ["alice", "bob"] });
    onTestFinished(() => serving.stop());
    const { username, password } = serving.admin;
    const { found } = await examine(serving.simulator.url, {
      PORT: new URL(serving.gateway.url).port,
      COPILOT_LLM_USERNAME: username,
      COPILOT_LLM_PASSWORD: password,
    });
    expect(found.port?.message).toContain("A gateway runs at");
    expect(found["pool:alice"]).toMatchObject({ status: "ok", message: "In the pool alice (alice) is active" });
    expect(found["pool:bob"]?.status).toBe("ok");
  });

  it("tells who signs in GitHub's place when TLS is inspected, and is content once that one is trusted", async () => {
    const server = createHttpsServer({ cert: selfSigned.certificate, key: selfSigned.key }, answer);
    const url = `https://localhost:${await listen(server)}`;
    const { exitCode, found } = await examine(url);
    expect(exitCode).toBe(3);
    expect(found.github).toMatchObject({
      status: "problem",
      message: expect.stringContaining(selfSigned.organisation),
      mend: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    const file = path.join(temporaryDirectory(), "ca.pem");
    writeFileSync(file, selfSigned.certificate);
    const trusting = await examine(url, { NODE_EXTRA_CA_CERTS: file });
    expect(trusting.found.github).toMatchObject({
      status: "ok",
      message: expect.stringContaining(`signed by ${selfSigned.organisation}`),
    });
  });

  it("goes through the proxy of the settings, and says so when that one fails", async () => {
    const server = createHttpsServer({ cert: selfSigned.certificate, key: selfSigned.key }, answer);
    const url = `https://localhost:${await listen(server)}`;
    const asked: string[] = [];
    const proxy = createHttpServer().on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      const [host = "", port] = (request.url ?? "").split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) end.on("error", () => undefined);
    });
    const HTTPS_PROXY = `http://me:secret@127.0.0.1:${await listen(proxy)}`;
    const file = path.join(temporaryDirectory(), "ca.pem");
    writeFileSync(file, selfSigned.certificate);
    const through = await examine(url, { HTTPS_PROXY, NODE_EXTRA_CA_CERTS: file });
    expect(through.found.github).toMatchObject({
      status: "ok",
      message: expect.stringContaining("through http://127.0.0.1:"),
    });
    expect(new Set(asked)).toEqual(new Set([new URL(url).host]));
    expect(through.stdout).not.toContain("secret");

    const count = asked.length;
    await examine(url, { HTTPS_PROXY, NO_PROXY: "localhost", NODE_EXTRA_CA_CERTS: file });
    expect(asked).toHaveLength(count);

    const failing = await examine(url, { HTTPS_PROXY: "http://127.0.0.1:9" });
    expect(failing.found.github).toMatchObject({ status: "problem", mend: expect.stringContaining("HTTPS_PROXY") });
  });

  it.each([
    [-3_600_000, "problem", "ahead of"],
    [30_000, "warning", "behind"],
  ])("tells a clock that GitHub's differs from by %i ms", async (differenceMs, status, words) => {
    const server = createHttpServer((_request, response) => {
      response.setHeader("date", new Date(Date.now() + differenceMs).toUTCString());
      response.end();
    });
    const { found } = await examine(`http://127.0.0.1:${await listen(server)}`);
    expect(found.clock).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it("tells a port that something else has, a DATA_DIR that is none, and an address where nothing is", async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    const file = path.join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const { exitCode, found } = await examine("http://127.0.0.1:9", { PORT: String(port), DATA_DIR: file });
    expect(exitCode).toBe(3);
    expect(found.port).toMatchObject({ status: "problem", message: expect.stringContaining("Something else listens") });
    expect(found.data_dir).toMatchObject({ status: "problem", message: `${file} is no directory.` });
    expect(found.github).toMatchObject({ status: "problem", message: expect.stringContaining("ECONNREFUSED") });
  });

  it("tells a setting that is wrong, and a database that does not answer", async () => {
    const cwd = temporaryDirectory();
    const wrong = await runCommand(["doctor"], { cwd, env: { LOG_LEVEL: "loud" } });
    expect(wrong).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('PROBLEM LOG_LEVEL="loud" is not allowed'),
    });
    const env = { DATABASE_URL: "postgres://user:secret@127.0.0.1:9/x", ENCRYPTION_KEY: "a passphrase" };
    const { found, stdout } = await examine("http://127.0.0.1:9", env);
    expect(found.database).toMatchObject({ status: "problem", message: expect.stringContaining("127.0.0.1:9") });
    expect(stdout).not.toContain("secret");
  });
});

describeWithPostgres("doctor with PostgreSQL", (server) => {
  it("sees that the database answers", async () => {
    const DATABASE_URL = (await server().createDatabase()).reveal();
    const { found } = await examine("http://127.0.0.1:9", { DATABASE_URL, ENCRYPTION_KEY: "a passphrase" });
    expect(found.database).toMatchObject({ status: "ok", message: expect.stringContaining("PostgreSQL answers") });
  });
});
