import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../testing/run-command.ts";
import { type Serving, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

const connect = (home: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommand(["connect", ...args], {
    cwd: home,
    env: { HOME: home, COPILOT_LLM_URL: serving.gateway.url, COPILOT_LLM_KEY: serving.key.key, ...env },
  });

describe("connect", () => {
  it("lists the clients that it knows", async () => {
    const { exitCode, stdout } = await connect(temporaryDirectory(), ["--json"]);
    expect(exitCode).toBe(0);
    const { clients } = JSON.parse(stdout) as { clients: { id: string }[] };
    expect(clients.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["claude-code", "codex", "opencode", "copilot", "qwen", "cline", "continue", "env"]),
    );
  });

  it("prints what the client needs, with models that the key may use, and changes nothing", async () => {
    const home = temporaryDirectory();
    const { exitCode, stdout, stderr } = await connect(home, ["claude-code"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("In ~/.claude/settings.json:");
    expect(stdout).toContain(`"ANTHROPIC_BASE_URL": "${serving.gateway.url}/anthropic"`);
    expect(stdout).toContain(`"ANTHROPIC_MODEL": "claude-sonnet-4.6"`);
    expect(readdirSync(home)).toEqual([]);
  });

  it("prints for another system", async () => {
    const { stdout } = await connect(temporaryDirectory(), ["codex", "--system", "windows", "--model", "gpt-5.4"]);
    expect(stdout).toContain("%USERPROFILE%\\.codex\\config.toml");
    expect(stdout).toContain(`$env:COPILOT_LLM_KEY = '${serving.key.key}'`);
    expect(stdout).toContain(`model = "gpt-5.4"`);
  });

  it("writes the client's file: the rest stays, the difference is shown without the key, a copy is kept", async () => {
    const home = temporaryDirectory();
    const file = path.join(home, ".claude/settings.json");
    const before = `{\n  // mine\n  "theme": "dark",\n  "env": { "EDITOR": "vi" }\n}\n`;
    mkdirSync(path.dirname(file));
    writeFileSync(file, before, { mode: 0o600 });
    const { exitCode, stdout } = await connect(home, ["claude-code", "--write"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\+ .*"ANTHROPIC_AUTH_TOKEN": "clp_.{8}…"/m);
    expect(stdout).not.toContain(serving.key.key);
    const after = readFileSync(file, "utf8");
    expect(after).toContain("// mine");
    expect(after).toContain(`"EDITOR": "vi"`);
    expect(after).toContain(serving.key.key);
    const copies = readdirSync(path.dirname(file)).filter((name) => name !== "settings.json");
    expect(copies).toEqual([expect.stringMatching(/^settings\.json\.before-copilot-llm-\d{8}T\d{6}Z$/)]);
    expect(readFileSync(path.join(path.dirname(file), copies[0] ?? ""), "utf8")).toBe(before);

    const again = await connect(home, ["claude-code", "--write", "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ written: [{ path: file, copy: null, changed: false }] });
    expect(readdirSync(path.dirname(file))).toHaveLength(2);
  });

  it("makes files that nobody else can read, where the client's own variable says", async () => {
    const home = temporaryDirectory();
    const codexHome = path.join(home, "elsewhere");
    expect(await connect(home, ["codex", "--write"], { CODEX_HOME: codexHome })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path.join(codexHome, ".env"), "utf8")).toBe(`COPILOT_LLM_KEY=${serving.key.key}\n`);
    expect(statSync(path.join(codexHome, ".env")).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(codexHome, "config.toml"), "utf8")).toContain("[model_providers.copilot-llm]");
  });

  it("follows a link, keeps the file's mode, and says that others can read the key", async () => {
    const home = temporaryDirectory();
    const real = path.join(home, "dotfiles.json");
    writeFileSync(real, "{}\n", { mode: 0o644 });
    mkdirSync(path.join(home, ".config/opencode"), { recursive: true });
    symlinkSync(real, path.join(home, ".config/opencode/opencode.json"));
    const { exitCode, stdout } = await connect(home, ["opencode", "--write"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`chmod 600 ${real}`);
    expect(readFileSync(real, "utf8")).toContain(`"copilot-llm/`);
    expect(statSync(real).mode & 0o777).toBe(0o644);
  });

  it("touches no file when one of them cannot be changed safely", async () => {
    const home = temporaryDirectory();
    mkdirSync(path.join(home, ".codex"));
    writeFileSync(path.join(home, ".codex/config.toml"), "model = \n");
    const { exitCode, stdout, stderr } = await connect(home, ["codex", "--write"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^copilot-llm: \S+config\.toml: .*no TOML.* Nothing was written\.\n$/);
    expect(readdirSync(path.join(home, ".codex"))).toEqual(["config.toml"]);
  });

  it.each([
    [["claude"], {}, 2, /there is no client "claude"; there are claude-code, /],
    [["copilot", "--write"], {}, 1, /has no settings file to write/],
    [["codex", "--write"], { COPILOT_LLM_KEY: "" }, 1, /A key is needed/],
    [["codex"], { COPILOT_LLM_KEY: "clp_wrong" }, 1, /refuses this key \(401\)/],
    [["codex", "--url", "llm.example.com"], {}, 2, /is no address of a gateway/],
  ])("%j with %j is refused", async (args, env, exitCode, message) => {
    const outcome = await connect(temporaryDirectory(), args, env);
    expect(outcome).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(message) });
  });

  it("goes on, and says so, when the gateway does not answer", async () => {
    const outcome = await connect(temporaryDirectory(), ["codex", "--url", "http://127.0.0.1:9"]);
    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toContain("does not answer: models are not checked");
    expect(outcome.stdout).toContain(`model = "MODEL_ID"`);
  });

  it("prints variables for a shell to take", async () => {
    const { stdout } = await connect(temporaryDirectory(), ["env", "--json"]);
    const { places } = JSON.parse(stdout) as { places: { variables: Record<string, string> }[] };
    expect(places[0]?.variables).toMatchObject({
      OPENAI_BASE_URL: `${serving.gateway.url}/openai/v1`,
      ANTHROPIC_API_KEY: serving.key.key,
    });
  });
});
