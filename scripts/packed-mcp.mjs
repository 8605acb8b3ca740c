// Installs the MCP server's tarball into an empty directory, with nothing but npm, and asks it without a gateway and without a token.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { runCommand } from "./toolchain.mjs";

const patienceMs = 60_000;
const protocolVersion = "2025-06-18";
const asked = [
  {
    id: 1,
    method: "initialize",
    params: { protocolVersion, capabilities: {}, clientInfo: { name: "packed-mcp", version: "1" } },
  },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/call", params: { name: "list_models", arguments: {} } },
];

/** What went wrong, a line each; empty when it opens all that it has of its own and then misses a token. */
export async function tryPackedMcp(tarball, directory) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name: "alone", private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", tarball];
  if ((await runCommand("npm", args, { cwd: directory, quiet: true })) !== 0) return ["npm install failed"];
  const answer = await ask(path.join(directory, "node_modules/@copilot-llm/mcp/dist/main.js"), directory);
  return answer.includes("GITHUB_TOKEN is not set") ? [] : [`the MCP server answered: ${answer}`];
}

/** Its last answer; empty when it gave none. */
async function ask(program, directory) {
  // Nobody is signed in there.
  const env = { PATH: process.env.PATH, HOME: directory, DATA_DIR: path.join(directory, "data") };
  const child = spawn(process.execPath, [program], { cwd: directory, env, stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const timer = setTimeout(() => child.kill(), patienceMs);
  for (const message of asked) child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let answer = "";
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).id === 2) {
      answer = line;
      break;
    }
  }
  clearTimeout(timer);
  child.stdin.end();
  child.kill();
  await exited;
  return answer;
}
