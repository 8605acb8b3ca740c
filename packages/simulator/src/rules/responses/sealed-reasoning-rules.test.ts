import type { RuleExample } from "../../../testing/describe-rules.js";
import { describeRules } from "../../../testing/describe-rules.js";
import { ask, carol, type Fixture, pick } from "../../../testing/fixture.js";
import type { Quirks } from "../../quirks.js";
import { responsesSealedReasoningRules } from "./sealed-reasoning-rules.js";

const path = "/responses";
const user = { role: "user", content: "x" };

/** A blob that the simulated model sealed for `alice`. */
async function sealFor(fixture: Fixture): Promise<string> {
  const body = ask(path, "hi", { reasoning: { effort: "low" }, include: ["reasoning.encrypted_content"] });
  const answer: unknown = await (await fixture.post(path, body)).json();
  return String(pick(answer, "output.0.encrypted_content"));
}

const shorten = (blob: string) => `${blob.slice(0, 4)}...${blob.slice(-4)}`;

function sealed(sealedReasoningRefusal: Quirks["sealedReasoningRefusal"], reason = "", code?: string) {
  return async (fixture: Fixture): Promise<RuleExample> => {
    const blob = await sealFor(fixture);
    const items = { input: [{ type: "reasoning", summary: [], encrypted_content: blob }, user] };
    return {
      refused: items,
      token: carol.token,
      accepted: items,
      quirks: { sealedReasoningRefusal },
      says: `The encrypted content ${shorten(blob)} could not be verified.${reason}`,
      ...(code === undefined ? {} : { code }),
    };
  };
}

const undecodable = " Reason: Encrypted content could not be decrypted or parsed.";

describeRules(path, responsesSealedReasoningRules, {
  "foreign-encrypted-content-bad-request": [
    sealed("bad_request", undecodable, "bad_request"),
    async () => ({
      refused: { input: [{ type: "compaction", encrypted_content: "sealed elsewhere" }, user] },
      accepted: { input: [user] },
      says: `The encrypted content seal...here could not be verified.${undecodable}`,
    }),
  ],
  "foreign-encrypted-content-invalid-request-error": sealed(
    "invalid_request_error",
    undecodable,
    "invalid_request_error",
  ),
  "foreign-encrypted-content-invalid-request-body": sealed("invalid_request_body", undecodable, "invalid_request_body"),
  "foreign-encrypted-content-invalid-encrypted-content": sealed(
    "invalid_encrypted_content",
    "",
    "invalid_encrypted_content",
  ),
  "foreign-encrypted-content-text": sealed("text", undecodable),
  "foreign-encrypted-output": [
    async (fixture) => {
      const blob = await sealFor(fixture);
      const task = (encrypted: string) => ({
        input: [
          { type: "agent_message", content: [{ type: "encrypted_content", encrypted_content: encrypted }] },
          user,
        ],
      });
      return {
        refused: task("a task in plain text"),
        accepted: task(blob),
        says: "Encrypted function output content could not be decrypted or decoded.",
        code: "invalid_request_body",
      };
    },
    async (fixture) => {
      const blob = await sealFor(fixture);
      const items = {
        input: [
          { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
          {
            type: "function_call_output",
            call_id: "c",
            output: [{ type: "encrypted_content", encrypted_content: blob }],
          },
        ],
      };
      return {
        refused: items,
        token: carol.token,
        accepted: items,
        says: "Encrypted function output content could not be decrypted or decoded.",
      };
    },
  ],
});
