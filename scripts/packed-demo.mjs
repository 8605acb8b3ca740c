// Installs the gateway's tarball into an empty directory, with nothing but npm, and uses its demo as a stranger would.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startServer } from "./servers.mjs";
import { runCommand } from "./toolchain.mjs";

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "packed-demo", version: "1" } },
};
const patienceMs = 120_000;

/** What went wrong, a line each; empty when the demo answers and the console is there. `node` runs it all, npm too. */
export async function tryPackedDemo(tarball, directory, node = process.execPath) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name: "alone", private: true }));
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", tarball];
  if ((await runCommand("npm", args, { cwd: directory, env, quiet: true })) !== 0) return ["npm install failed"];
  const program = path.join(directory, "node_modules/@copilot-llm/gateway/dist/main.js");
  const demo = startServer(program, {
    node,
    args: ["demo"],
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...env, PORT: "0" },
  });
  try {
    return await tryDemo(demo);
  } finally {
    await demo.stop();
  }
}

async function tryDemo(demo) {
  const text = await printedUntil(demo, "Ctrl-C");
  const url = /Console\s+(http:\/\/\S+)\//.exec(text)?.[1];
  const key = /clp_\w+/.exec(text)?.[0];
  if (url === undefined || key === undefined) return [`the demo printed: ${text}`];
  const page = await fetch(`${url}/login`);
  const messages = [{ role: "user", content: "Hello" }];
  const answer = await post(`${url}/openai/v1/chat/completions`, key, { model: "gpt-5-mini", messages });
  const said = await answer.text();
  // What is loaded only where it is asked for lies in files of its own.
  const counted = await post(`${url}/anthropic/v1/messages/count_tokens`, key, { model: "gpt-5-mini", messages });
  const count = await counted.text();
  const mcp = await post(`${url}/mcp`, key, initialize);
  return [
    /^Echo: /m.test(text) ? null : "the demo's first question was not answered",
    page.ok && (await page.text()).includes("/_next/static/") ? null : `the console answers ${page.status}`,
    count.includes('"input_tokens":') ? null : `counting tokens was answered ${counted.status}: ${count}`,
    mcp.ok ? null : `MCP was answered ${mcp.status}: ${await mcp.text()}`,
    said.includes("Echo: ") ? null : `a request was answered ${answer.status}: ${said}`,
  ].filter((problem) => problem !== null);
}

function post(url, key, body) {
  const accept = "application/json, text/event-stream";
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", accept };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Everything printed until the mark came, the program ended, or patience did. */
function printedUntil({ child, exited }, mark) {
  return new Promise((resolve) => {
    let text = "";
    const finish = () => resolve(text);
    const timer = setTimeout(finish, patienceMs);
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes(mark)) finish();
    });
    exited.then(finish);
    timer.unref();
  });
}
