// Installs the gateway's tarball into an empty directory, with nothing but npm, and uses its demo as a stranger would.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startServer } from "./servers.mjs";
import { runCommand } from "./toolchain.mjs";

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
  const answer = await fetch(`${url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "Hello" }] }),
  });
  const said = await answer.text();
  return [
    /^Echo: /m.test(text) ? null : "the demo's first question was not answered",
    page.ok && (await page.text()).includes("/_next/static/") ? null : `the console answers ${page.status}`,
    said.includes("Echo: ") ? null : `a request was answered ${answer.status}: ${said}`,
  ].filter((problem) => problem !== null);
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
