import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { benchAccounts } from "../accounts.js";
import { childPid, startPinned, stopChild } from "../measure/child-process.js";
import { freePort } from "../measure/free-port.js";
import { waitUntilAnswers } from "../measure/wait-until-answers.js";
import type { Contender, Surroundings } from "./contender.js";

/** Others' published gateways, in these versions. */
const packages = ["@portkey-ai/gateway@1.15.2", "copilot-api@0.7.0"];
/** Portkey answers no stream with later ones: it changes headers that they take over unchangeable. */
const overrides = { "@portkey-ai/gateway": { "@hono/node-server": "1.13.8" } };
const [account] = benchAccounts;

/**
 * Installs them outside the workspace, where they stay for the next run. An empty list and the reason on stderr when
 * that fails.
 */
export function installPublished(): readonly Contender[] {
  const directory = path.join(tmpdir(), "copilot-llm-bench-published");
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ private: true, type: "module", overrides }));
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  const installed = spawnSync("npm", ["install", ...options, ...packages], { cwd: directory, encoding: "utf8" });
  if (installed.status !== 0) {
    process.stderr.write(`Without published gateways: they cannot be installed.\n${installed.stderr}\n`);
    return [];
  }
  const modules = path.join(directory, "node_modules");
  return [portkey(modules), copilotApi(modules)].filter((contender) => contender !== null);
}

function portkey(modules: string): Contender | null {
  const script = findScript(modules, "@portkey-ai/gateway/build/start-server.js");
  return script === null
    ? null
    : {
        id: "portkey",
        isOptional: true,
        title: "`@portkey-ai/gateway` 1.15.2",
        async start({ upstreamUrl, directory }) {
          const port = await freePort();
          const child = startNode([script, `--port=${port}`, "--headless"], directory, {});
          const url = `http://127.0.0.1:${port}`;
          await waitUntilAnswers(url);
          return {
            pid: childPid(child),
            url,
            paths: { chat: "/v1/chat/completions" },
            headers: {
              authorization: `Bearer ${account?.token}`,
              "x-portkey-provider": "openai",
              "x-portkey-custom-host": upstreamUrl,
            },
            keepsBytes: false,
            stop: () => stopChild(child),
          };
        },
      };
}

function copilotApi(modules: string): Contender | null {
  const script = findScript(modules, "copilot-api/dist/main.js");
  return script === null
    ? null
    : {
        id: "copilot-api",
        isOptional: true,
        title: "`copilot-api` 0.7.0",
        async start({ upstreamUrl, directory }) {
          const port = await freePort();
          const redirect = writeRedirect({ upstreamUrl, directory });
          const options = ["start", "--port", String(port), "--github-token", account?.token ?? ""];
          const child = startNode(["--import", redirect, script, ...options], directory, {});
          const url = `http://127.0.0.1:${port}`;
          await waitUntilAnswers(url);
          return {
            pid: childPid(child),
            url,
            paths: { chat: "/v1/chat/completions", messages: "/v1/messages" },
            headers: {},
            keepsBytes: false,
            stop: () => stopChild(child),
          };
        },
      };
}

/** Its upstream's addresses are fixed: a module loaded before it sends its calls elsewhere. */
function writeRedirect({ upstreamUrl, directory }: Surroundings): string {
  const file = path.join(directory, "redirect.mjs");
  writeFileSync(
    file,
    `const original = globalThis.fetch;
globalThis.fetch = (input, init) =>
  original(String(input).replace(/^https:\\/\\/[^/]*github[^/]*/, ${JSON.stringify(upstreamUrl)}), init);
`,
  );
  return pathToFileURL(file).href;
}

function startNode(nodeArguments: readonly string[], directory: string, more: NodeJS.ProcessEnv) {
  const environment = { PATH: process.env.PATH, HOME: directory, NODE_ENV: "production", ...more };
  return startPinned(
    process.execPath,
    nodeArguments,
    { processor: "contender", workingDirectory: directory, environment },
    ["ignore", "ignore", "inherit"],
  );
}

function findScript(modules: string, file: string): string | null {
  const script = path.join(modules, file);
  if (existsSync(script)) return script;
  process.stderr.write(`Without ${file}: the package does not hold it.\n`);
  return null;
}
