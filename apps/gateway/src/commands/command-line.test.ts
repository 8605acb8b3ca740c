import { describe, expect, it } from "vitest";
import { runCommand } from "../testing/run-command.js";

describe("the command line", () => {
  it.each([
    [[], {}],
    [["start"], {}],
    [["serve"], {}],
    [["--port", "81", "--host", "::1"], { port: "81", host: "::1" }],
    [["start", "--data-dir", "d"], { dataDir: "d" }],
  ])("%j starts the gateway", async (args, overrides) => {
    expect(await runCommand(args)).toEqual({ exitCode: 0, stdout: "", stderr: "", served: overrides });
  });

  it.each([[["--help"]], [["restore", "-h"]], [["start", "--help"]]])("%j explains itself", async (args) => {
    const run = await runCommand(args);
    expect(run).toMatchObject({ exitCode: 0, stderr: "", served: null });
    expect(run.stdout).toMatch(/^Usage: copilot-llm /);
  });

  it("tells its version", async () => {
    expect(await runCommand(["--version"])).toMatchObject({ exitCode: 0, stdout: "1.2.3\n" });
  });

  it.each([
    [["bakup"], 'there is no command "bakup"'],
    [["keys", "make"], 'there is no command "make" in keys'],
    [["serve", "now"], "too many arguments for 'start'"],
    [["backup"], "missing required argument 'archive'"],
    [["restore", "a", "b"], "too many arguments for 'restore'"],
    [["import", "data", "--data-dir", "d"], "unknown option '--data-dir'"],
    [["--loud"], "unknown option '--loud'"],
    [["restore", "a", "--data-dir"], "argument missing"],
    [["reset-admin", "--username", "a b"], "give 1 to 64 letters"],
  ])("%j is refused in one line and with exit code 2: %s", async (args, message) => {
    const { exitCode, stdout, stderr, served } = await runCommand(args);
    expect({ exitCode, stdout, served }).toEqual({ exitCode: 2, stdout: "", served: null });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^copilot-llm: [^\n]+\(see copilot-llm --help\)\n$/);
  });

  it("tells failures as JSON when results are JSON", async () => {
    const missing = await runCommand(["restore", "/nowhere/missing.tar", "--json"]);
    expect(missing).toMatchObject({ exitCode: 1, stdout: "" });
    expect(JSON.parse(missing.stderr)).toEqual({
      error: { code: "unavailable", message: expect.stringContaining("/nowhere/missing.tar cannot be read") },
    });
    const misused = await runCommand(["restore", "--json"]);
    expect(JSON.parse(misused.stderr)).toMatchObject({ error: { code: "usage" } });
  });

  it("tells a setting that is wrong in one line", async () => {
    const { exitCode, stderr } = await runCommand(["backup", "a.tar"], { environment: { PORT: "x" } });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^copilot-llm: PORT="x" is not allowed: [^\n]+\n$/);
  });
});
