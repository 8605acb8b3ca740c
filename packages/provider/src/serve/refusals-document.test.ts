import { readFileSync } from "node:fs";
import { classifyFailure } from "@copilot-llm/copilot";
import { type UpstreamFailure, upstreamFailureKinds } from "@copilot-llm/model";
import { type FailoverAction, type FailoverEffect, failoverTable } from "@copilot-llm/pool";
import { encodeError } from "@copilot-llm/protocols";
import { expect, test } from "vitest";
import { failureError } from "./failure-error.js";

const document = readFileSync(new URL("../../../../docs/protocols.md", import.meta.url), "utf8");
const table = document.split("| Copilot answers |")[1]?.split("\n\n")[0] ?? "";
const rows = table
  .split("\n")
  .slice(2)
  .map((line) => line.slice(2, -2).split(" | "));

const actions: Readonly<Record<FailoverAction, string>> = {
  next_token: "goes to the next token",
  stop: "ends",
  mend_and_retry: "once more, if it can be mended",
};
const effects: Readonly<Record<FailoverEffect, string>> = {
  none: "–",
  strike: "a strike",
  strike_out: "rests, as advice",
  refuse: "out until it is mended",
  exhaust: "no premium requests until its reset",
  cool_token: "rests as asked",
  cool_model: "this model rests on it",
};

/** A failure as its cell tells it: a status, and a code or a message. */
function readFailure(cell: string): UpstreamFailure {
  const [, status, words = ""] = /^(\d+) `(.*)`$/.exec(cell) ?? [];
  if (status === undefined) {
    return { kind: "timeout", retryAfterMs: null, error: { status: 504, code: null, message: cell } };
  }
  const error = /^[a-z_]+$/.test(words) ? { code: words, message: "No." } : { code: "bad_request", message: words };
  return classifyFailure(Number(status), {}, JSON.stringify({ error }), 0);
}

test("docs/protocols.md has a row for every failure", () => {
  expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(upstreamFailureKinds.map((kind) => `\`${kind}\``)));
});

test.each(rows)("docs/protocols.md says what becomes of %s", (answer, ...cells) => {
  const failure = readFailure(answer);
  const { action, effect } = failoverTable[failure.kind];
  const error = failureError(failure);
  const statuses = (["openai-chat", "anthropic-messages"] as const).map(
    (protocol) => encodeError(protocol, error, "req_1").status,
  );
  expect(cells).toEqual([`\`${failure.kind}\``, actions[action], effects[effect], statuses.join(", ")]);
});
