import { describeRules } from "../../../testing/describe-rules.js";
import { ask, carol, pick } from "../../../testing/fixture.js";
import { responsesItemRules } from "./item-rules.js";

const user = { role: "user", content: "x" };
const call = (id: string) => ({ type: "function_call", call_id: id, name: "f", arguments: "{}" });
const output = (id: string) => ({ type: "function_call_output", call_id: id, output: "r" });
const input = (...items: unknown[]) => ({ input: [user, ...items] });
const tooLong = (field: string) =>
  `Invalid 'input[1].${field}': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.`;
const long = "c".repeat(65);
const shell = { type: "local_shell_call", call_id: "s", action: { type: "exec", command: ["ls"] } };

describeRules("/responses", responsesItemRules, {
  "unknown-item-type": {
    refused: input({ type: "memo", content: "x" }),
    accepted: input({ type: "agent_message", author: "/root", content: [{ type: "input_text", text: "x" }] }),
    says: "Invalid value: 'memo' at 'input[1].type'. Supported values are: 'message', 'reasoning', 'function_call', 'function_call_output', 'custom_tool_call', 'custom_tool_call_output', 'local_shell_call', 'local_shell_call_output', 'shell_call', 'shell_call_output', 'apply_patch_call', 'apply_patch_call_output', 'tool_search_call', 'tool_search_output', 'web_search_call', 'additional_tools', 'agent_message', 'compaction', 'compaction_trigger', 'item_reference'.",
  },
  "unknown-part-type": {
    refused: input({ role: "user", content: [{ type: "text", text: "x" }] }),
    accepted: input({ role: "user", content: [{ type: "input_text", text: "x" }] }),
    says: "Invalid value: 'text' at 'input[1].content[0].type'.",
  },
  "item-reference-unknown": {
    refused: input({ type: "item_reference", id: "rs_1" }),
    accepted: input({ type: "message", id: "msg_1", role: "user", content: "x" }),
    says: "Item with id 'rs_1' not found. Items are not persisted when `store` is false.",
  },
  "call-id-too-long": {
    refused: input(call(long), output(long)),
    accepted: input(call(long.slice(1)), output(long.slice(1))),
    says: tooLong("call_id"),
  },
  "item-id-too-long": {
    refused: input({ ...user, id: long }),
    accepted: input({ ...user, id: long.slice(1) }),
    says: tooLong("id"),
  },
  "orphan-tool-output": [
    {
      refused: input(output("c"), call("c")),
      accepted: input(call("c"), user, output("c")),
      says: "No tool call found for function call output with call_id c.",
    },
    {
      refused: input(call("c"), { type: "function_call_output", name: "f", output: "r" }),
      accepted: input(shell, { type: "local_shell_call_output", id: "s", output: "{}" }),
      says: "No tool call found for function call output with call_id .",
    },
  ],
  "unanswered-call": [
    {
      refused: input(call("c"), call("d"), output("d")),
      accepted: input(call("c"), call("d"), output("d"), output("c")),
      says: "No tool output found for function call c.",
    },
    {
      refused: input({ type: "custom_tool_call", call_id: "c", name: "f", input: "x" }),
      accepted: input({ type: "custom_tool_call", call_id: "c", name: "f", input: "x" }, output("c")),
      says: "No tool output found for function call c.",
    },
  ],
  "foreign-item-id": async (fixture) => {
    const answer: unknown = await (await fixture.post("/responses", ask("/responses", "hi"))).json();
    const items = input(...(pick(answer, "output") as unknown[]), user);
    return {
      refused: items,
      token: carol.token,
      accepted: items,
      says: "input item ID does not belong to this connection",
    };
  },
});
