import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { startSimulator } from "@copilot-llm/simulator";
import { afterEach, expect, it } from "vitest";
import { createRequest } from "../testing/create-request.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { record } from "../testing/recording-sink.js";
import { createUpstream } from "./create-upstream.js";

const canMakeCertificates = spawnSync("openssl", ["version"]).status === 0;
const host = "copilot.example";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An authority of our own and a certificate for the host that it signed. */
function makeCertificates(directory: string) {
  const file = (name: string) => path.join(directory, name);
  const make = (name: string, subject: string, ...extra: readonly string[]) => {
    const files = ["-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)];
    const options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${subject}`];
    execFileSync("openssl", ["req", ...options, ...files, ...extra], { stdio: "ignore" });
  };
  make("authority", "Test authority");
  const signer = ["-CA", file("authority.pem"), "-CAkey", file("authority.key")];
  const extensions = ["-addext", `subjectAltName=DNS:${host}`, "-addext", "basicConstraints=critical,CA:FALSE"];
  make("server", host, ...signer, ...extensions);
  return {
    authorityFile: file("authority.pem"),
    key: readFileSync(file("server.key")),
    cert: readFileSync(file("server.pem")),
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

it.skipIf(!canMakeCertificates)(
  "reaches GitHub through the proxy, trusting the extra certificates, on both planes",
  async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "copilot-proxy-"));
    closers.push(() => rmSync(directory, { recursive: true }));
    const { authorityFile, key, cert } = makeCertificates(directory);
    const simulator = await startSimulator({ accounts: [{ token: "gho_alice", login: "alice" }] });
    closers.push(() => simulator.close());

    const tlsPort = await listen(
      createTlsServer({ key, cert }, (socket) => {
        const inner = connect(simulator.port, "127.0.0.1");
        socket.on("error", () => inner.destroy());
        inner.on("error", () => socket.destroy());
        socket.pipe(inner).pipe(socket);
      }),
    );
    const tunnels: string[] = [];
    const proxy = createHttpServer();
    proxy.on("connect", (request, client) => {
      tunnels.push(request.url ?? "");
      const target = connect(tlsPort, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        client.pipe(target).pipe(client);
      });
      client.on("error", () => target.destroy());
      target.on("error", () => client.destroy());
    });
    const proxyPort = await listen(proxy);

    const upstream = createUpstream({
      stateDir: path.join(directory, "state"),
      copilotApiUrl: `https://${host}`,
      githubApiUrl: `https://${host}`,
      httpsProxy: `http://127.0.0.1:${proxyPort}`,
      extraCaCertsFile: authorityFile,
      environment: process.env,
      timeouts: { connectMs: 2000, firstByteMs: 5000, idleMs: 5000 },
      clock: systemClock,
      randomness: { next: Math.random, bytes: randomBytes },
      log: createRecordingLog(),
    });
    closers.push(() => upstream.close());
    const account = upstream.openAccount({ kind: "user", token: new Secret("gho_alice") });
    expect(await account.signIn()).toMatchObject({ ok: true, value: { login: "alice" } });
    const byRuntime = tunnels.length;
    const answer = await account.send(createRequest("hello"));
    if (!answer.ok) throw new Error(answer.failure.error.message);
    expect(await record(answer.body).ended).toBeNull();
    expect(byRuntime).toBeGreaterThan(0);
    expect(tunnels.length).toBeGreaterThan(byRuntime);
    expect(new Set(tunnels)).toEqual(new Set([`${host}:443`]));
  },
);
