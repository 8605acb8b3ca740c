import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandContext } from "../../apps/gateway/src/commands/command-context.ts";
import { createProgram, type LongRunning } from "../../apps/gateway/src/commands/command-line.ts";
import { clients } from "../../packages/connect/src/clients/clients.ts";
import { createConnection } from "../../packages/connect/src/create-connection.ts";
import { listFiles, readText, repositoryRoot } from "./workspace.ts";

const documents = listFiles(".").filter((file) => file.endsWith(".md"));
/** Only looked at: no action runs. */
const program = createProgram({ version: "" } as CommandContext, {} as LongRunning, () => undefined);

type Command = typeof program;

/** The command that the words lead to, and the words that are left. */
function findCommand(
  command: Command,
  [word = "", ...rest]: readonly string[],
): { command: Command; rest: readonly string[] } {
  const next = command.commands.find((known) => known.name() === word || known.aliases().includes(word));
  return next === undefined ? { command, rest: [word, ...rest] } : findCommand(next, rest);
}

/** Every `copilot-llm …` of a document: a line of a code block, or a code span. */
function invocationsIn(markdown: string): string[] {
  const spans = [...markdown.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = ""]) => code);
  const blocks = [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, code = ""]) => code.split("\n"));
  return [...spans, ...blocks].flatMap((code) => /^\s*(?:[A-Z_]+=\S+ )*(copilot-llm(?: .*)?)$/.exec(code)?.[1] ?? []);
}

/** What of an invocation there is not; null when it is understood. */
function problemOf(invocation: string): string | null {
  const words = invocation
    .replace(/ +#.*$/, "")
    .split(/\s+/)
    .slice(1);
  const { command, rest } = findCommand(
    program,
    words.filter((word) => word !== ""),
  );
  const [first = ""] = rest;
  const isOperand = command !== program || first === "" || first.startsWith("-") || /^[A-Z…]/.test(first);
  if (!isOperand) return `${invocation}: there is no command ${first}`;
  const options = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short]);
  const known = [...options, "--help", "-h"];
  const unknown = rest.find(
    (word) => word.startsWith("-") && word !== "-" && !known.includes(word.split("=")[0] ?? ""),
  );
  return unknown === undefined ? null : `${invocation}: there is no option ${unknown}`;
}

describe("commands", () => {
  it("that documents name are there, with their options", () => {
    const invocations = documents.flatMap((file) =>
      invocationsIn(readText(file)).map((found) => [file, found] as const),
    );
    expect(invocations.length).toBeGreaterThan(20);
    const problems = invocations.flatMap(([file, found]) => {
      const problem = problemOf(found);
      return problem === null ? [] : [`${file}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });

  it("are each in docs/cli.md", () => {
    const text = readText("docs/cli.md");
    for (const command of program.commands) expect(text).toMatch(new RegExp(`\`copilot-llm ${command.name()}[ \`]`));
    for (const group of program.commands) {
      for (const command of group.commands) expect(text).toContain(`\`${command.name()}\``);
    }
  });

  it("see a name that is not there", () => {
    expect(problemOf("copilot-llm bakup a.tar")).toContain("no command bakup");
    expect(problemOf("copilot-llm keys create ci --colour red")).toContain("no option --colour");
    expect(problemOf("copilot-llm restore a.tar --data-dir d")).toBe(null);
  });

  it("of npm and pnpm that documents name are scripts of the package.json", () => {
    const scriptsOf = (folder: string): readonly string[] => {
      const manifest = path.posix.join(folder, "package.json");
      if (!existsSync(path.join(repositoryRoot, manifest))) return [];
      return Object.keys((JSON.parse(readText(manifest)) as { scripts?: Record<string, string> }).scripts ?? {});
    };
    const ownNames = /^(?:install|test|add|exec|ci|publish|pack|i|dlx|view|pkg|--filter)$/;
    const missing = documents.flatMap((file) => {
      const scripts = [...scriptsOf("."), ...scriptsOf(path.posix.dirname(file))];
      return [...readText(file).matchAll(/(?:npm run|pnpm) ([\w:-]+)/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !ownNames.test(name) && !scripts.includes(name))
        .map((name) => `${file}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});

describe("variables", () => {
  it("that documents name are read by someone", () => {
    const sources = [
      "apps/gateway/src/env/parse-gateway-settings.ts",
      "apps/gateway/src/env/parse-settings.ts",
      "docs/cli.md",
      "apps/mcp/README.md",
    ].map(readText);
    const ofClients = clients
      .flatMap((client) => createConnection(client, { origin: "https://host", key: "key", models: [] }).places)
      .flatMap((place) => (place.kind === "env" ? place.variables.map(([name]) => name) : [JSON.stringify(place)]));
    const known = [...sources, ...ofClients].join("\n");
    // Those of clients, tools and tests that only a document speaks of.
    const others =
      /^(?:CLAUDE_CODE_\w+|MAX_\w+|CODEX_\w+|OTEL_\w+|AGENTS_DIR|AUDIT_REQUIRED|CHROMIUM_PATH|POSTGRES_PASSWORD|MODEL_ID|YOUR_KEY|SIMULATOR_\w+|MCP_TOOL_TIMEOUT|PROPERTY_RUNS|CRASH_\w+|SCALE_\w+)$/;
    // What the services, their runtime and the clients read or say is not ours to check.
    const isOurs = (file: string) => !/^docs\/(?:copilot-service|client-requirements|simulator)\.md$/.test(file);
    const unknown = documents.filter(isOurs).flatMap((file) =>
      [...readText(file).matchAll(/`\$?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !others.test(name) && !new RegExp(`\\b${name}\\b`).test(known))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
