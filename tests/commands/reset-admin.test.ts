import path from "node:path";
import type { AuditPage, UserList } from "@copilot-llm/gateway/admin-api";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeWithPostgres } from "../durability/describe-with-postgres.ts";
import { startTwoGateways } from "../durability/start-two-gateways.ts";
import { runCommand } from "../testing/run-command.ts";
import { startServing } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

describe("reset-admin", () => {
  it("lets whoever has the machine in again, with the gateway stopped; it is on the trail", async () => {
    const cwd = temporaryDirectory();
    const dataDir = path.join(cwd, "data");
    const serving = await startServing({ dataDir });
    onTestFinished(() => serving.stop());
    const { username } = serving.admin;
    const reset = (...more: string[]) =>
      runCommand(["reset-admin", "--username", username, ...more], { cwd, env: { DATA_DIR: dataDir } });

    const refused = await reset();
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toContain(String(serving.gateway.process.pid));

    await serving.gateway.stop();
    const { exitCode, stdout } = await reset("--json");
    expect(exitCode).toBe(0);
    const result = JSON.parse(stdout) as { password: string };
    expect(result).toEqual({ username, created: false, password: expect.stringMatching(/^[\w-]{20}$/) });

    const gateway = await startGateway({ simulator: serving.simulator, dataDir });
    onTestFinished(async () => void (await gateway.stop()));
    await expect(signIn(gateway, serving.admin)).rejects.toThrow("401");
    const token = await signIn(gateway, { username, password: result.password });
    const headers = { authorization: `Bearer ${token}` };
    const old = await fetch(`${gateway.url}/api/admin/users`, {
      headers: { authorization: `Bearer ${serving.admin.token}` },
    });
    expect(old.status).toBe(401);
    const response = await fetch(`${gateway.url}/api/admin/audit`, { headers });
    const { events } = (await response.json()) as AuditPage;
    expect(events.find(({ action }) => action === "user.reset")).toMatchObject({ actor: "system" });
  });

  it("refuses a directory that no gateway made, and a password that is too short", async () => {
    const cwd = temporaryDirectory();
    expect(await runCommand(["reset-admin"], { cwd })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("is no data directory"),
    });
    const short = await runCommand(["reset-admin", "--password-stdin"], { cwd, input: "short\n" });
    expect(short).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("8 characters") });
  });
});

describeWithPostgres("reset-admin with PostgreSQL", (server) => {
  it("makes an admin while the gateways go on", async () => {
    const { gateways, admin, storeEnv } = await startTwoGateways(server());
    const outcome = await runCommand(["reset-admin", "--username", "root", "--password-stdin"], {
      cwd: temporaryDirectory(),
      env: storeEnv,
      input: "a long password\n",
    });
    expect(outcome).toEqual({ exitCode: 0, stdout: "root is a new admin.\n", stderr: "" });
    await signIn(gateways[1], { username: "root", password: "a long password" });
    const { users } = (await (await admin.request("GET", "/api/admin/users")).json()) as UserList;
    expect(users.map(({ username, role }) => [username, role])).toEqual([
      ["admin", "admin"],
      ["root", "admin"],
    ]);
  });
});
