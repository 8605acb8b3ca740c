// What the coding agents make of a gateway's refusals: one goes on, the others end soon and say why.
import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { connect } from "./agents.mjs";

/** The models that the agents are tried with: each agent's own wire, translated. */
const model = "gpt-4.1";
const patienceMs = 15_000;
const tooLong = {
  message: "prompt token count of 210000 exceeds the limit of 200000",
  code: "model_max_prompt_tokens_exceeded",
};

/**
 * What Claude Code does on a GPT model whose service says that the prompt is too long: it makes its conversation shorter and
 * goes on. Resolves with what is wrong with that; with nothing when all is well.
 */
export async function tryTooLong(agent, { command, directory, url, key, simulator }) {
  const { work, home } = openPlace(agent, directory);
  const file = path.join(work, "notes.txt");
  const prompt = `create the file ${file} containing exactly Written in spite of it.\nThen read it back and say what it contains.`;
  simulator.requests.clear();
  const body = JSON.stringify({ error: tooLong });
  const fault = simulator.faults.add({ name: "custom", status: 400, body, model, times: 1, skip: 2 });
  const variables = await connect(agent, { directory: work, home, url, key, model });
  const run = await agent.run({ command, directory: work, home, variables, prompt });
  simulator.faults.remove(fault);
  const requests = simulator.requests.all().filter(({ path: asked }) => asked.endsWith("/chat/completions"));
  const at = requests.findIndex(({ status }) => status === 400);
  const compacted = requests
    .slice(at + 1)
    .some(({ body: sent }) => /detailed summary of the conversation/i.test(sent.toString()));
  const problems = [
    run.exitCode === 0 ? null : `exit code ${run.exitCode}`,
    run.failure,
    at === -1 ? "no request was refused" : null,
    compacted ? null : "nothing was summed up after the refusal",
  ];
  return { run, problems: problems.filter((problem) => problem !== null) };
}

/** What an agent does with a key whose month is used up: it ends within 15 s of the first refusal and shows the gateway's words. */
export async function tryUsedUpKey(agent, { command, directory, url, gateway, usedUpKey }) {
  const { work, home } = openPlace(agent, directory);
  const variables = await connect(agent, { directory: work, home, url, key: usedUpKey, model });
  let refusedAtMs = null;
  const watch = (log) => {
    if (log.includes('"status":402')) refusedAtMs ??= performance.now();
  };
  gateway.child.stdout.on("data", watch);
  const startedAtMs = performance.now();
  const run = await agent.run({ command, directory: work, home, variables, prompt: "Say hello." });
  gateway.child.stdout.off("data", watch);
  // The log comes up to 200 ms late: an agent that ended before has shown the refusal all the same, or fails below.
  const tookMs = performance.now() - (refusedAtMs ?? startedAtMs);
  const problems = [
    tookMs <= patienceMs ? null : `it took ${(tookMs / 1_000).toFixed(1)} s from the refusal`,
    run.output.includes("max_requests: 1") ? null : "the gateway's words are not on the screen",
  ];
  return { run, problems: problems.filter((problem) => problem !== null) };
}

/** A key of one request a month, and that one spent. */
export async function createUsedUpKey(url, { username, password }) {
  const { token } = await post(`${url}/api/auth/login`, { username, password });
  const created = { alias: "used up", max_requests: 1, limit_period: "month" };
  const { key } = await post(`${url}/api/admin/api-keys`, created, token);
  await post(`${url}/openai/v1/chat/completions`, { model, messages: [{ role: "user", content: "Hello" }] }, key);
  return key;
}

async function post(url, body, token) {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { "content-type": "application/json", ...authorization };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${url} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}

function openPlace(agent, directory) {
  const place = mkdtempSync(path.join(directory, `${agent.program}-refused-`));
  const [work, home] = ["work", "home"].map((name) => path.join(place, name));
  mkdirSync(work);
  mkdirSync(home);
  return { work, home };
}
