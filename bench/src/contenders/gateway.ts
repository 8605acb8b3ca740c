import { mkdtempSync, openSync } from "node:fs";
import path from "node:path";
import { benchAccounts } from "../accounts.js";
import { childPid, startPinned, stopChild } from "../measure/child-process.js";
import { freePort } from "../measure/free-port.js";
import { waitUntilAnswers } from "../measure/wait-until-answers.js";
import type { Contender } from "./contender.js";
import { type History, writeHistory } from "./write-history.js";

const admin = { username: "admin", password: "bench-password" };
/** Every limit that a key can have, none of which is ever reached. */
const limits = {
  max_requests: 1e12,
  max_premium_requests: 1e12,
  max_credits: 1e12,
  limit_period: "day",
  rpm: 1e9,
  tpm: 1e12,
  max_concurrency: 1e6,
};

/** The built gateway with a pool of three tokens: authentication, limits, accounting and full recording on. */
export function createGatewayContender(
  { id, title }: Pick<Contender, "id" | "title">,
  program: string,
  nodeOptions: readonly string[],
  history: History | null = null,
): Contender {
  return {
    id,
    title,
    isSlowToStart: history !== null,
    async start({ upstreamUrl, directory }) {
      const home = mkdtempSync(path.join(directory, "gateway-"));
      const port = await freePort();
      const child = startPinned(
        process.execPath,
        [...nodeOptions, program],
        {
          processor: "contender",
          workingDirectory: home,
          environment: {
            PATH: process.env.PATH,
            HOME: home,
            HOST: "127.0.0.1",
            PORT: String(port),
            DATA_DIR: path.join(home, "data"),
            COPILOT_API_URL: upstreamUrl,
            GITHUB_API_URL: upstreamUrl,
            GITHUB_TOKENS: benchAccounts.map(({ login, token }) => `${login}=${token}`).join(","),
            ADMIN_USERNAME: admin.username,
            ADMIN_PASSWORD: admin.password,
            RECORDING: "full",
          },
        },
        ["ignore", openSync(path.join(home, "log"), "w"), "inherit"],
      );
      const url = `http://127.0.0.1:${port}`;
      await waitUntilAnswers(`${url}/ready`);
      const { token } = await post(`${url}/api/auth/login`, admin);
      const { key } = await post(`${url}/api/admin/api-keys`, { alias: "bench", ...limits }, token);
      if (key === undefined || token === undefined) throw new Error("The gateway gave no key.");
      if (history !== null) await writeHistory({ url, token, key }, history);
      return {
        pid: childPid(child),
        url,
        paths: {
          chat: "/openai/v1/chat/completions",
          messages: "/anthropic/v1/messages",
          responses: "/openai/v1/responses",
        },
        headers: { authorization: `Bearer ${key}` },
        keepsBytes: true,
        stop: () => stopChild(child),
      };
    },
  };
}

async function post(url: string, body: object, token?: string): Promise<Record<string, string>> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
}
