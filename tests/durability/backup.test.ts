import { execFileSync } from "node:child_process";
import { existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { AuditPage } from "@copilot-llm/gateway/admin-api";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../testing/run-command.ts";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { expectSame } from "./expect-same.ts";

const chatPath = "/openai/v1/chat/completions";

async function serve(dataDir?: string): Promise<Serving> {
  const serving = await startServing({ accounts: ["alice", "bob"], ...(dataDir === undefined ? {} : { dataDir }) });
  onTestFinished(() => serving.stop());
  return serving;
}

async function ask({ send }: Serving, text: string): Promise<string> {
  const response = await send(chatPath, chatBody(text));
  await response.text();
  expect(response.status).toBe(200);
  return response.headers.get("x-request-id") ?? "";
}

describe("a backup", () => {
  it("is taken while the gateway serves, and starts elsewhere with the same users, keys, tokens and records", async () => {
    const serving = await serve();
    const { admin } = serving;
    const before = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(serving, `question ${index}`)));
    const [response] = await Promise.all([
      admin.request("GET", "/api/admin/backup"),
      ...Array.from({ length: 20 }, (_, index) => ask(serving, `meanwhile ${index}`)),
    ]);
    expect(response.headers.get("content-type")).toBe("application/x-tar");
    const directory = temporaryDirectory();
    const archive = path.join(directory, "backup.tar");
    writeFileSync(archive, Buffer.from(await response.arrayBuffer()));
    const { events } = (await (await admin.request("GET", "/api/admin/audit")).json()) as AuditPage;
    expect(events[0]).toMatchObject({ actor: admin.username, action: "backup.create" });

    const dataDir = path.join(directory, "restored");
    expect(await runCommand(["restore", archive, "--data-dir", dataDir], { cwd: directory })).toEqual({
      exitCode: 0,
      stdout: `${archive} is restored into ${dataDir}.\n`,
      stderr: "",
    });
    await expectSame(serving, { dataDir }, before);
  });

  it("leaves the encryption key out when asked to", async () => {
    const serving = await serve();
    const entries = async (query: string) => {
      const response = await serving.admin.request("GET", `/api/admin/backup${query}`);
      return execFileSync("tar", ["-tf", "-"], { input: Buffer.from(await response.arrayBuffer()), encoding: "utf8" });
    };
    expect(await entries("")).toContain("encryption.key");
    expect(await entries("?encryption_key=omit")).not.toContain("encryption.key");
  });

  it("is written by a command for a stopped gateway, and restored over nothing", async () => {
    const directory = temporaryDirectory();
    const dataDir = path.join(directory, "data");
    const archive = path.join(directory, "backup.tar");
    const serving = await serve(dataDir);
    const asked = await ask(serving, "question");
    const run = (...args: string[]) => runCommand(args, { cwd: directory, env: { DATA_DIR: dataDir } });

    const refused = await run("backup", archive);
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toContain(String(serving.gateway.process.pid));
    expect(existsSync(archive)).toBe(false);
    await serving.gateway.stop();
    expect(await run("backup", archive)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(await run("backup", archive)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^[^\n]+\n$/) });

    const overData = await run("restore", archive);
    expect(overData).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("is not empty") });
    const restored = path.join(directory, "restored");
    expect(await run("restore", archive, "--data-dir", restored)).toMatchObject({ exitCode: 0 });
    await expectSame(serving, { dataDir: restored }, [asked]);
  });
});

describe("the command line", () => {
  it("tells its version and its commands", async () => {
    const cwd = temporaryDirectory();
    expect(await runCommand(["--version"], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await runCommand(["--help"], { cwd });
    expect(help.exitCode).toBe(0);
    for (const command of ["serve", "backup", "restore", "import"]) expect(help.stdout).toContain(command);
  });

  it("refuses what it does not know with one line and exit code 2, and makes nothing", async () => {
    const cwd = temporaryDirectory();
    expect(await runCommand(["bakup"], { cwd })).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: 'copilot-llm: there is no command "bakup" (see copilot-llm --help)\n',
    });
  });

  it.each([
    [["restore", "missing.tar"], "missing.tar cannot be read"],
    [["backup", "new.tar"], "is no data directory"],
    [["import", "missing"], "DATABASE_URL"],
  ])("refuses %j in one line", async (args, message) => {
    const cwd = temporaryDirectory();
    const { exitCode, stdout, stderr } = await runCommand(args, { cwd });
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(existsSync(path.join(cwd, "data"))).toBe(false);
  });
});
