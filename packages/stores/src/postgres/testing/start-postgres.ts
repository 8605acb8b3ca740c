import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Secret } from "@copilot-llm/model";
import pg from "pg";

export interface PostgresServer {
  /** The URL of a new, empty database. */
  createDatabase(): Promise<Secret>;
  /** Ends every connection at once, as a crash or a failover would. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its files. */
  dispose(): Promise<void>;
}

/** Where the programs of the newest PostgreSQL are; null where none is installed (`apt-get install postgresql`). */
export function findPostgres(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb"))) ?? null;
}

/** A server of its own on a free port of 127.0.0.1. As root it runs as `nobody`, since it refuses root. */
export async function startPostgres(bin: string): Promise<PostgresServer> {
  const owner = process.getuid?.() === 0 ? await findNobody() : null;
  const directory = await mkdtemp(join(tmpdir(), "postgres-"));
  if (owner !== null) await chown(directory, owner.uid, owner.gid);
  const data = join(directory, "data");
  const port = await findFreePort();
  const run = (program: string, args: readonly string[]) =>
    promisify(execFile)(join(bin, program), args, { ...owner, cwd: directory });
  await run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let server: ChildProcess | null = null;
  let databases = 0;

  async function start(): Promise<void> {
    const settings = {
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 200,
      fsync: "off",
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    server = spawn(join(bin, "postgres"), ["-D", data, ...args], { ...owner, cwd: directory, stdio: "ignore" });
    await untilReady(url("postgres"));
  }

  async function stop(mode: "fast" | "immediate" = "fast"): Promise<void> {
    const running = server;
    if (running === null) return;
    server = null;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
  }

  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await withClient(url("postgres"), (client) => client.query(`CREATE DATABASE ${name}`));
      return new Secret(url(name));
    },
    stop,
    start,
    async dispose() {
      await stop("immediate");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await withClient(url, (client) => client.query("SELECT 1"));
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function findNobody(): Promise<{ readonly uid: number; readonly gid: number }> {
  const id = async (option: string) => Number((await promisify(execFile)("id", [option, "nobody"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
