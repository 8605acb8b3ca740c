import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { childPid, startOwnProgram, startPinned, stopChild } from "../measure/child-process.js";
import { freePort } from "../measure/free-port.js";
import { waitUntilAnswers } from "../measure/wait-until-answers.js";
import type { Contender, RunningContender } from "./contender.js";

const proxyPaths = { chat: "/v1/chat/completions", messages: "/v1/messages", responses: "/v1/responses" };

/** No contender between: what load generator and upstream cost by themselves. */
export const direct: Contender = {
  id: "direct",
  title: "no proxy at all",
  start: async ({ upstreamUrl }) => ({
    pid: null,
    url: upstreamUrl,
    paths: { chat: "/chat/completions", messages: "/v1/messages", responses: "/responses" },
    headers: {},
    keepsBytes: true,
    stop: async () => {},
  }),
};

export const nodeProxy = ownContender("node-proxy", "node:http + undici `dispatch`", proxyPaths, true);
export const honoProxy = ownContender(
  "hono-proxy",
  "Hono + undici `dispatch`, body parsed and re-serialised",
  proxyPaths,
  true,
);
export const bareTranslator = ownContender(
  "bare-translator",
  "a bare Messages to Chat translator",
  { messages: "/v1/messages" },
  false,
);
export const sdkSessions = ownContender(
  "sdk-sessions",
  "an SDK session per request",
  { chat: "/v1/chat/completions" },
  false,
);

function ownContender(id: string, title: string, paths: RunningContender["paths"], keepsBytes: boolean): Contender {
  return {
    id,
    title,
    async start({ upstreamUrl }) {
      const program = await startOwnProgram(id, { processor: "contender", arguments: [upstreamUrl] });
      return { pid: program.pid, url: program.url, paths, headers: {}, keepsBytes, stop: program.stop };
    },
  };
}

export function isNginxInstalled(): boolean {
  return spawnSync("nginx", ["-v"]).status === 0;
}

/** One worker, as everybody else has one thread. */
export const nginx: Contender = {
  id: "nginx",
  title: "nginx (proxy_buffering off)",
  async start({ upstreamUrl, directory }) {
    const port = await freePort();
    const configuration = path.join(directory, "nginx.conf");
    writeFileSync(configuration, nginxConfiguration(directory, port, new URL(upstreamUrl).host));
    const options = { processor: "contender" } as const;
    const child = startPinned("nginx", ["-p", directory, "-c", configuration], options, ["ignore", "ignore", "ignore"]);
    const url = `http://127.0.0.1:${port}`;
    await waitUntilAnswers(`${url}/health`);
    return {
      pid: childPid(child),
      url,
      paths: proxyPaths,
      headers: {},
      keepsBytes: true,
      stop: () => stopChild(child),
    };
  },
};

function nginxConfiguration(directory: string, port: number, upstreamHost: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
events { worker_connections 8192; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${directory}/${name};`).join("\n  ")}
  client_max_body_size 10m;
  client_body_buffer_size 1m;
  keepalive_requests 1000000;
  upstream fake { server ${upstreamHost}; keepalive 1024; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_buffering off;
    location = /health { return 200; }
    location = /v1/messages { proxy_pass http://fake/v1/messages; }
    location /v1/ { proxy_pass http://fake/; }
  }
}`;
}
