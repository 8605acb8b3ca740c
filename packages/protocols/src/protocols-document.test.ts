import { readFileSync } from "node:fs";
import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { mapToFinishReason as toMessagesReason } from "./anthropic-messages/map-finish-reason.js";
import { type FinishReason, finishReasons } from "./canonical/response.js";
import { refusalWordings } from "./codec/refused-parameter.js";
import { peekRequest } from "./exchange/peek-request.js";
import { prepareExchange } from "./exchange/prepare-exchange.js";
import { allProtocols } from "./exchange/protocols.js";
import { mapToFinishReason as toChatReason } from "./openai-chat/map-finish-reason.js";
import { mapToFinishReason as toResponsesReason } from "./openai-responses/map-finish-reason.js";
import { catalogueModel } from "./testing/catalogue-model.js";
import { translateRequest } from "./testing/translate-request.js";

const document = readFileSync(new URL("../../../docs/protocols.md", import.meta.url), "utf8");
const chat = "openai-chat";
const responses = "openai-responses";
const messages = "anthropic-messages";

/** The tables of a section: rows by their first cell. */
function readTable(heading: string, firstColumn: string): Map<string, readonly string[]> {
  const section = document.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const table = section.split(`| ${firstColumn} |`)[1]?.split("\n\n")[0] ?? "";
  const rows = table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  return new Map(rows.map(([name = "", ...cells]) => [name, cells]));
}

type Outcome = "carried" | "dropped" | "refused";

function outcomeOf(cell: string): Outcome {
  if (cell.startsWith("dropped")) return "dropped";
  return cell.startsWith("refused") ? "refused" : "carried";
}

/** How clients say the field, and where it must be found in what goes up; a wire without `sent` cannot say it. */
interface Case {
  readonly sent: Partial<Record<Wire, JsonObject>>;
  /** A pattern in the upstream body; the same for all wires or one each. */
  readonly found: RegExp | Partial<Record<Wire, RegExp>>;
  readonly supports?: JsonObject;
}

const image = { kind: "AAAA" };
const base64 = `data:image/png;base64,${image.kind}`;
const chatUser = (...content: JsonObject[]) => ({ messages: [{ role: "user", content }] });
const responsesUser = (...content: JsonObject[]) => ({ input: [{ role: "user", content }] });
const messagesUser = (...content: JsonObject[]) => ({ messages: [{ role: "user", content }] });
const schema = { type: "object", properties: { city: { type: "string" } } };
const chatTool = { tools: [{ type: "function", function: { name: "pick", description: "d", parameters: schema } }] };
const responsesTool = { tools: [{ type: "function", name: "pick", parameters: schema }] };
const messagesTool = { tools: [{ name: "pick", input_schema: schema }] };
const chatCall = {
  role: "assistant",
  tool_calls: [{ id: "c1", type: "function", function: { name: "pick", arguments: '{"city":"Rome"}' } }],
};
const responsesCall = { type: "function_call", call_id: "c1", name: "pick", arguments: '{"city":"Rome"}' };
const messagesCall = {
  role: "assistant",
  content: [{ type: "tool_use", id: "c1", name: "pick", input: { city: "Rome" } }],
};
const messagesResult = (result: JsonObject) => ({
  messages: [messagesCall, { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", ...result }] }],
});
const everywhere = (sent: JsonObject) => ({ [chat]: sent, [responses]: sent, [messages]: sent });
const toolChoice = (choices: Readonly<Record<Wire, JsonObject | string>>) => ({
  [chat]: { ...chatTool, tool_choice: choices[chat] },
  [responses]: { ...responsesTool, tool_choice: choices[responses] },
  [messages]: { ...messagesTool, tool_choice: choices[messages] },
});
const budgetOnly = { adaptiveThinking: false, reasoningEfforts: [] };

const cases: Readonly<Record<string, Case>> = {
  instructions: {
    sent: {
      [chat]: {
        messages: [
          { role: "developer", content: "Be kind." },
          { role: "user", content: "x" },
        ],
      },
      [responses]: { instructions: "Be kind." },
      [messages]: { system: "Be kind." },
    },
    found: {
      [chat]: /"role":"system","content":"Be kind\."/,
      [responses]: /"instructions":"Be kind\."/,
      [messages]: /"system":\[\{"type":"text","text":"Be kind\."/,
    },
  },
  "later instructions": {
    sent: {
      [chat]: {
        messages: [
          { role: "user", content: "x" },
          { role: "system", content: "Later." },
        ],
      },
      [responses]: {
        input: [
          { role: "user", content: "x" },
          { role: "developer", content: "Later." },
        ],
      },
      [messages]: {
        messages: [
          { role: "user", content: "x" },
          { role: "system", content: "Later." },
        ],
      },
    },
    found: {
      [chat]: /"role":"system","content":"Later\."/,
      [responses]: /"role":"developer".*Later\./,
      [messages]: /"role":"user","content":\[\{"type":"text","text":"<system>\\nLater\.\\n<\/system>"/,
    },
  },
  "who speaks (`messages[].name`), of a user or in instructions": {
    sent: { [chat]: { messages: [{ role: "user", name: "alice", content: "Hello" }] } },
    found: /alice: Hello/,
  },
  "name of the assistant": {
    sent: { [chat]: { messages: [{ role: "assistant", name: "robot", content: "Hello" }] } },
    found: /robot/,
  },
  "no words at all": {
    sent: {
      [chat]: { messages: [{ role: "user", content: "" }] },
      [responses]: { input: [{ role: "user", content: "" }] },
      [messages]: { messages: [{ role: "user", content: "" }] },
    },
    found: /"role":"user".*\(empty\)/,
  },
  "user text": {
    sent: {
      [chat]: { messages: [{ role: "user", content: "Hello" }] },
      [responses]: { input: "Hello" },
      [messages]: { messages: [{ role: "user", content: "Hello" }] },
    },
    found: /"role":"user".*Hello/,
  },
  "image, base64": {
    sent: {
      [chat]: chatUser({ type: "image_url", image_url: { url: base64 } }),
      [responses]: responsesUser({ type: "input_image", image_url: base64 }),
      [messages]: messagesUser({ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }),
    },
    found: {
      [chat]: /"image_url":\{"url":"data:image\/png;base64,AAAA"/,
      [responses]: /"image_url":"data:image\/png;base64,AAAA"/,
      [messages]: /"media_type":"image\/png","data":"AAAA"/,
    },
  },
  "image, URL": {
    sent: {
      [chat]: chatUser({ type: "image_url", image_url: { url: "https://e.x/a" } }),
      [responses]: responsesUser({ type: "input_image", image_url: "https://e.x/a" }),
      [messages]: messagesUser({ type: "image", source: { type: "url", url: "https://e.x/a" } }),
    },
    found: /"(image_)?url":"https:\/\/e\.x\/a"/,
  },
  "image detail": {
    sent: {
      [chat]: chatUser({ type: "image_url", image_url: { url: base64, detail: "high" } }),
      [responses]: responsesUser({ type: "input_image", image_url: base64, detail: "high" }),
    },
    found: /"detail":"high"/,
  },
  "file, base64": {
    sent: {
      [chat]: chatUser({ type: "file", file: { file_data: "data:application/pdf;base64,JVBERi0=" } }),
      [responses]: responsesUser({ type: "input_file", file_data: "data:application/pdf;base64,JVBERi0=" }),
      [messages]: messagesUser({
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
      }),
    },
    found: /JVBERi0=/,
  },
  "file, URL": {
    sent: {
      [responses]: responsesUser({ type: "input_file", file_url: "https://a.example/b.pdf" }),
      [messages]: messagesUser({ type: "document", source: { type: "url", url: "https://a.example/b.pdf" } }),
    },
    found: /a\.example/,
  },
  "file or image held by a service, by its id": {
    sent: {
      [chat]: chatUser({ type: "file", file: { file_id: "file-1" } }),
      [responses]: responsesUser({ type: "input_image", file_id: "file-1" }),
      [messages]: messagesResult({ content: [{ type: "image", source: { type: "file", file_id: "file-1" } }] }),
    },
    found: /file-1/,
  },
  "search result": {
    sent: {
      [messages]: messagesUser({
        type: "search_result",
        source: "s",
        title: "t",
        content: [{ type: "text", text: "found" }],
      }),
    },
    found: /"t\\ns".*found/,
  },
  audio: {
    sent: {
      [chat]: chatUser({ type: "input_audio", input_audio: {} }),
      [responses]: responsesUser({ type: "input_audio" }),
    },
    found: /audio/,
  },
  "assistant text": {
    sent: {
      [chat]: { messages: [{ role: "assistant", content: "Said" }] },
      [responses]: { input: [{ role: "assistant", content: [{ type: "output_text", text: "Said" }] }] },
      [messages]: { messages: [{ role: "assistant", content: "Said" }] },
    },
    found: /"role":"assistant".*Said/,
  },
  "assistant refusal": {
    sent: {
      [chat]: { messages: [{ role: "assistant", refusal: "Never" }] },
      [responses]: { input: [{ role: "assistant", content: [{ type: "refusal", refusal: "Never" }] }] },
    },
    found: {
      [chat]: /"refusal":"Never"/,
      [responses]: /"refusal":"Never"/,
      [messages]: /"role":"assistant","content":"Never"/,
    },
  },
  tool: {
    sent: { [chat]: chatTool, [responses]: responsesTool, [messages]: messagesTool },
    found: /"name":"pick".*"(parameters|input_schema)":\{"type":"object","properties":\{"city"/,
  },
  "strict tool schema": {
    sent: {
      [chat]: { tools: [{ type: "function", function: { name: "pick", strict: true } }] },
      [responses]: { tools: [{ type: "function", name: "pick", strict: true }] },
    },
    found: /"strict":true/,
  },
  "tool choice among some (`allowed_tools`)": {
    sent: {
      [chat]: {
        tools: [...chatTool.tools, { type: "function", function: { name: "other", parameters: schema } }],
        tool_choice: {
          type: "allowed_tools",
          allowed_tools: { mode: "auto", tools: [{ type: "function", function: { name: "pick" } }] },
        },
      },
      [responses]: {
        tools: [...responsesTool.tools, { type: "function", name: "other", parameters: schema }],
        tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "pick" }] },
      },
    },
    found: /^(?!.*"name":"other").*"name":"pick"/,
  },
  "custom tool": {
    sent: {
      [chat]: { tools: [{ type: "custom", custom: { name: "patch" } }] },
      [responses]: { tools: [{ type: "custom", name: "patch" }] },
    },
    found: {
      [chat]: /"name":"patch","parameters":\{"type":"object","properties":\{"input"/,
      [responses]: /"type":"custom","name":"patch"/,
      [messages]: /"name":"patch","input_schema":\{"type":"object","properties":\{"input"/,
    },
  },
  "tool namespace": {
    sent: { [responses]: { tools: [{ type: "namespace", name: "ns", tools: [{ type: "function", name: "pick" }] }] } },
    found: /"name":"ns__pick"/,
  },
  "additional tools item": {
    sent: {
      [responses]: {
        input: [
          { type: "additional_tools", role: "developer", tools: responsesTool.tools },
          { role: "user", content: "x" },
        ],
      },
    },
    found: /"name":"pick"/,
  },
  "server tool": {
    sent: {
      [chat]: { tools: [{ type: "web_search_preview" }] },
      [responses]: { tools: [{ type: "web_search" }] },
      [messages]: { tools: [{ type: "web_search_20250305", name: "web_search" }] },
    },
    found: /web_search/,
  },
  "tool that the client runs and OpenAI's models know by its type (`local_shell`, `shell`, `apply_patch`, `tool_search` of the client's)":
    {
      sent: { [responses]: { tools: [{ type: "local_shell" }] } },
      found: /"name":"local_shell".*"command"/,
    },
  "computer (`computer`, `computer_use_preview`)": {
    sent: { [responses]: { tools: [{ type: "computer_use_preview" }] } },
    found: /computer/,
  },
  "tool choice auto": {
    sent: toolChoice({ [chat]: "auto", [responses]: "auto", [messages]: { type: "auto" } }),
    found: /"tool_choice":("auto"|\{"type":"auto"\})/,
  },
  "tool choice none": {
    sent: toolChoice({ [chat]: "none", [responses]: "none", [messages]: { type: "none" } }),
    found: /"tool_choice":("none"|\{"type":"none"\})/,
  },
  "tool choice required": {
    sent: toolChoice({ [chat]: "required", [responses]: "required", [messages]: { type: "any" } }),
    found: /"tool_choice":("required"|\{"type":"any"\})/,
  },
  "tool choice by name": {
    sent: toolChoice({
      [chat]: { type: "function", function: { name: "pick" } },
      [responses]: { type: "function", name: "pick" },
      [messages]: { type: "tool", name: "pick" },
    }),
    found: /"tool_choice":\{"type":"(function|tool)",("function":\{)?"name":"pick"/,
  },
  "choice of a dropped tool": {
    sent: {
      [responses]: { tools: [{ type: "web_search" }], tool_choice: { type: "web_search" } },
      [messages]: {
        tools: [{ type: "web_search_20250305", name: "web_search" }],
        tool_choice: { type: "tool", name: "web_search" },
      },
    },
    found: /tool_choice/,
  },
  "choice among dropped tools only (`allowed_tools`)": {
    sent: {
      [responses]: {
        tools: [...responsesTool.tools, { type: "web_search" }],
        tool_choice: { type: "allowed_tools", mode: "required", tools: [{ type: "web_search" }] },
      },
    },
    found: /tool_choice|^(?!.*"pick")/,
  },
  "parallel tool calls": {
    sent: {
      [chat]: { ...chatTool, parallel_tool_calls: false },
      [responses]: { ...responsesTool, parallel_tool_calls: false },
      [messages]: { ...messagesTool, tool_choice: { type: "auto", disable_parallel_tool_use: true } },
    },
    found: {
      [chat]: /"parallel_tool_calls":false/,
      [responses]: /"parallel_tool_calls":false/,
      [messages]: /"disable_parallel_tool_use":true/,
    },
  },
  "tool call": {
    sent: {
      [chat]: { messages: [chatCall] },
      [responses]: { input: [responsesCall] },
      [messages]: { messages: [messagesCall] },
    },
    found: {
      [chat]: /"tool_calls":\[\{"id":"c1"/,
      [responses]: /"type":"function_call","call_id":"c1"/,
      [messages]: /"type":"tool_use","id":"c1"/,
    },
  },
  "tool result": {
    sent: {
      [chat]: { messages: [chatCall, { role: "tool", tool_call_id: "c1", content: "Sunny" }] },
      [responses]: { input: [responsesCall, { type: "function_call_output", call_id: "c1", output: "Sunny" }] },
      [messages]: messagesResult({ content: "Sunny" }),
    },
    found: {
      [chat]: /"role":"tool","tool_call_id":"c1","content":"Sunny"/,
      [responses]: /"function_call_output","call_id":"c1","output":"Sunny"/,
      [messages]: /"tool_result","tool_use_id":"c1","content":"Sunny"/,
    },
  },
  "image in a tool result": {
    sent: {
      [responses]: {
        input: [
          responsesCall,
          { type: "function_call_output", call_id: "c1", output: [{ type: "input_image", image_url: base64 }] },
        ],
      },
      [messages]: messagesResult({
        content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }],
      }),
    },
    found: {
      [chat]: /"role":"user".*base64,AAAA/,
      [responses]: /"output":\[.*base64,AAAA/,
      [messages]: /"tool_result".*"data":"AAAA"/,
    },
  },
  "failed tool result": {
    sent: { [messages]: messagesResult({ content: "no such file", is_error: true }) },
    found: /Error: no such file/,
  },
  "tool result without its call": {
    sent: {
      [chat]: {
        messages: [
          { role: "user", content: "x" },
          { role: "tool", tool_call_id: "c9", content: "Sunny" },
        ],
      },
      [responses]: { input: [{ type: "function_call_output", call_id: "c9", output: "Sunny" }] },
      [messages]: messagesUser({ type: "tool_result", tool_use_id: "c9", content: "Sunny" }),
    },
    found: /"role":"user".*earlier tool call c9.*Sunny/,
  },
  "tool call without its result": {
    sent: {
      [chat]: { messages: [chatCall] },
      [responses]: { input: [responsesCall] },
      [messages]: { messages: [messagesCall] },
    },
    found: /c1.*c1.*\(no result\)/,
  },
  "what is said between a call and its result": {
    sent: {
      [chat]: {
        messages: [
          chatCall,
          { role: "user", content: "hold on" },
          { role: "tool", tool_call_id: "c1", content: "Sunny" },
        ],
      },
      [responses]: {
        input: [
          responsesCall,
          { role: "user", content: "hold on" },
          { type: "function_call_output", call_id: "c1", output: "Sunny" },
        ],
      },
    },
    found: /Sunny.*hold on/,
  },
  "call of a shell, a patch or a tool search (`local_shell_call`, `shell_call`, `apply_patch_call`, `tool_search_call`)":
    {
      sent: {
        [responses]: {
          input: [
            { type: "shell_call", call_id: "c1", action: { commands: ["pwd"] } },
            { type: "shell_call_output", call_id: "c1", output: [{ stdout: "/srv" }] },
          ],
        },
      },
      found: /pwd.*\/srv/,
    },
  "message of another agent (`agent_message`)": {
    sent: {
      [responses]: {
        input: [{ type: "agent_message", author: "a", content: [{ type: "input_text", text: "Go on." }] }],
      },
    },
    found: /agent a:.*Go on\./,
  },
  "call that the service ran itself": {
    sent: {
      [responses]: {
        input: [
          { role: "user", content: "x" },
          { type: "web_search_call", id: "w", action: { query: "rome" } },
        ],
      },
      [messages]: {
        messages: [
          { role: "user", content: "x" },
          {
            role: "assistant",
            content: [{ type: "server_tool_use", id: "s", name: "web_search", input: { query: "rome" } }],
          },
        ],
      },
    },
    found: /rome/,
  },
  "what a server tool found": {
    sent: {
      [responses]: { input: [{ type: "mcp_call", name: "f", output: "Rome it is" }] },
      [messages]: {
        messages: [
          { role: "user", content: "x" },
          {
            role: "assistant",
            content: [{ type: "web_search_tool_result", tool_use_id: "s", content: [{ title: "Rome it is" }] }],
          },
        ],
      },
    },
    found: /Rome it is/,
  },
  "item or part that nobody knows, with words": {
    sent: {
      [chat]: chatUser({ type: "note", text: "Listen" }),
      [responses]: { input: [{ type: "note", text: "Listen" }] },
      [messages]: messagesUser({ type: "note", text: "Listen" }),
    },
    found: /Listen/,
  },
  "compaction (`compaction_trigger`)": {
    sent: { [responses]: { input: [{ role: "user", content: "x" }, { type: "compaction_trigger" }] } },
    found: /"role":"user".*with the summary only/,
  },
  "compaction that the gateway gave": {
    sent: {
      [responses]: {
        input: [
          { type: "compaction", encrypted_content: `clp1:summary:${Buffer.from("It rained.").toString("base64url")}` },
        ],
      },
    },
    found: /"role":"user".*It rained\./,
  },
  "item or part that nobody knows, without words (sealed content and compactions of a service among them)": {
    sent: {
      [chat]: chatUser({ type: "blob", data: "AAAA" }),
      [responses]: { input: [{ type: "compaction", encrypted_content: "AAAA" }] },
      [messages]: messagesUser({ type: "blob", data: "AAAA" }),
    },
    found: /AAAA/,
  },
  "stop sequences": {
    sent: { [chat]: { stop: "END" }, [messages]: { stop_sequences: ["END"] } },
    found: /"stop(_sequences)?":\["END"\]/,
  },
  temperature: { sent: everywhere({ temperature: 0.5 }), found: /"temperature":0\.5/ },
  top_p: { sent: everywhere({ top_p: 0.5 }), found: /"top_p":0\.5/ },
  top_k: { sent: { [messages]: { top_k: 5 } }, found: /"top_k":5/ },
  "presence and frequency penalty": {
    sent: { [chat]: { presence_penalty: 1, frequency_penalty: 1 } },
    found: /penalty/,
  },
  seed: { sent: { [chat]: { seed: 1 } }, found: /"seed"/ },
  "several choices": { sent: { [chat]: { n: 2 } }, found: /"n":2/ },
  "logit bias, log probabilities": {
    sent: { [chat]: { logit_bias: { 5: 1 }, logprobs: true } },
    found: /"logit|"logprobs/,
  },
  "output limit, at most the model's own": {
    sent: {
      [chat]: { max_completion_tokens: 321 },
      [responses]: { max_output_tokens: 321 },
      [messages]: { max_tokens: 321 },
    },
    found: { [chat]: /"max_tokens":321/, [responses]: /"max_output_tokens":321/, [messages]: /"max_tokens":321/ },
  },
  "reasoning effort": {
    sent: {
      [chat]: { reasoning_effort: "xhigh" },
      [responses]: { reasoning: { effort: "xhigh" } },
      [messages]: { thinking: { type: "adaptive" }, output_config: { effort: "xhigh" } },
    },
    found: {
      [chat]: /"reasoning_effort":"high"/,
      [responses]: /"reasoning":\{"effort":"high"/,
      [messages]: /"thinking":\{"type":"adaptive"\},"output_config":\{"effort":"high"\}/,
    },
  },
  "thinking budget": {
    sent: { [messages]: { max_tokens: 9000, thinking: { type: "enabled", budget_tokens: 2000 } } },
    found: { [chat]: /"reasoning_effort":"low"/, [responses]: /"effort":"low"/, [messages]: /"thinking"/ },
  },
  "sealed reasoning of another upstream": {
    sent: {
      [chat]: { messages: [{ role: "assistant", content: "x", reasoning_text: "hm", reasoning_opaque: "SEAL" }] },
      [responses]: {
        input: [
          { type: "reasoning", summary: [], encrypted_content: "SEAL" },
          { role: "user", content: "x" },
        ],
      },
      [messages]: {
        messages: [
          {
            role: "assistant",
            content: [
              { type: "thinking", thinking: "hm", signature: "SEAL" },
              { type: "text", text: "x" },
            ],
          },
        ],
      },
    },
    found: /SEAL/,
  },
  "JSON schema of the answer": {
    sent: {
      [chat]: { response_format: { type: "json_schema", json_schema: { name: "p", schema } } },
      [responses]: { text: { format: { type: "json_schema", name: "p", schema } } },
      [messages]: { output_config: { format: { type: "json_schema", schema } } },
    },
    found: {
      [chat]: /"role":"system".*single JSON object.*JSON schema.*city/,
      [responses]: /"type":"json_schema".*"city"/,
      [messages]: /"type":"json_schema".*"city"/,
    },
  },
  "JSON mode": {
    sent: {
      [chat]: { response_format: { type: "json_object" } },
      [responses]: { text: { format: { type: "json_object" } } },
    },
    found: {
      [chat]: /"role":"system","content":"[^"]*single JSON object/,
      [responses]: /json_object/,
      [messages]: /"system":\[?.*single JSON object/,
    },
  },
  verbosity: {
    sent: { [chat]: { verbosity: "low" }, [responses]: { text: { verbosity: "low" } } },
    found: /"verbosity":"low"/,
  },
  metadata: {
    sent: { [chat]: { metadata: { a: "b" } }, [responses]: { metadata: { a: "b" } } },
    found: /"metadata":\{"a":"b"\}/,
  },
  "end user": {
    sent: {
      [chat]: { user: "u-1" },
      [responses]: { safety_identifier: "u-1" },
      [messages]: { metadata: { user_id: "u-1" } },
    },
    found: /"u-1"/,
  },
  "prompt cache key": {
    sent: { [chat]: { prompt_cache_key: "k-1" }, [responses]: { prompt_cache_key: "k-1" } },
    found: /k-1/,
  },
  "cache breakpoint": {
    sent: {
      [chat]: { messages: [{ role: "user", content: "x", copilot_cache_control: { type: "ephemeral" } }] },
      [messages]: messagesUser({ type: "text", text: "x", cache_control: { type: "ephemeral" } }),
    },
    found: /cache_control":\{"type":"ephemeral"\}/,
  },
  stream: { sent: everywhere({ stream: true }), found: /"stream":true/ },
  "usage chunk": {
    sent: everywhere({ stream: true }),
    found: { [chat]: /"include_usage":true/, [responses]: /"stream":true/, [messages]: /"stream":true/ },
  },
  "stored state (`previous_response_id`, `conversation`, `prompt`)": {
    sent: { [responses]: { previous_response_id: "resp_1" } },
    found: /resp_1/,
  },
  "functions, as before tools": { sent: { [chat]: { functions: [{ name: "old-way" }] } }, found: /old-way/ },
  background: { sent: { [responses]: { background: true } }, found: /background/ },
  "item reference": {
    sent: {
      [responses]: {
        input: [
          { type: "item_reference", id: "ref-1" },
          { role: "user", content: "x" },
        ],
      },
    },
    found: /ref-1/,
  },
  "context management, service tier and unknown fields": {
    sent: {
      [chat]: { service_tier: "flex", made_up: 1 },
      [responses]: { service_tier: "flex", made_up: 1 },
      [messages]: { context_management: {}, made_up: 1 },
    },
    found: /service_tier|context_management|made_up/,
  },
};

/** Its own file: the reasoning must come from an answer first. */
const testedElsewhere = ["sealed reasoning of the same upstream"];

const bases: Readonly<Record<Wire, JsonObject>> = {
  [chat]: { model: "m", messages: [{ role: "user", content: "x" }] },
  [responses]: { model: "m", input: "x" },
  [messages]: { model: "m", max_tokens: 100, messages: [{ role: "user", content: "x" }] },
};

function observe(protocol: Wire, wire: Wire, one: Case): Outcome {
  const model = catalogueModel();
  const supports = { ...model.supports, ...(one.supports ?? {}) } as typeof model.supports;
  try {
    const body = { ...bases[protocol], ...one.sent[protocol] };
    const { body: sent, warnings } = translateRequest(protocol, wire, body, {
      modelId: "m",
      model: { ...model, supports },
    });
    const found = one.found instanceof RegExp ? one.found : one.found[wire];
    if (found?.test(Buffer.from(sent).toString()) === true) return "carried";
    expect(warnings).toBeInstanceOf(Array);
    return "dropped";
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_request", param: expect.any(String) });
    return "refused";
  }
}

describe("docs/protocols.md: requests", () => {
  const table = readTable("Requests", "field");

  it("has a case for every row and a row for every case", () => {
    expect([...table.keys()].sort()).toEqual([...Object.keys(cases), ...testedElsewhere].sort());
  });

  const checks = Object.entries(cases).flatMap(([name, one]) =>
    wires.flatMap((protocol) =>
      wires
        .filter((wire) => wire !== protocol && one.sent[protocol] !== undefined)
        .map((wire) => [name, protocol, wire, one] as const),
    ),
  );

  it.each(checks)("%s, from %s to %s", (name, protocol, wire, one) => {
    const cell = table.get(name)?.[wires.indexOf(wire)] ?? "";
    expect(observe(protocol, wire, one)).toBe(outcomeOf(cell));
  });

  it("gives budgets to models that have no efforts", () => {
    const one = {
      sent: { [messages]: { max_tokens: 9000, thinking: { type: "enabled", budget_tokens: 2000 } } },
      found: /"thinking_budget":2000/,
      supports: budgetOnly,
    };
    expect(observe(messages, chat, one)).toBe("carried");
  });
});

describe("docs/protocols.md: answers", () => {
  const table = readTable("Answers", "why it ended");
  const reasons: Readonly<Record<string, FinishReason>> = Object.fromEntries(
    finishReasons.map((unified) => [unified, { unified, raw: null, stopSequence: null }]),
  );

  it("has a row for every reason", () => {
    expect([...table.keys()].sort()).toEqual([...finishReasons, "stop at a stop sequence"].sort());
  });

  it.each([...table])("%s", (name, cells) => {
    const isAtSequence = name === "stop at a stop sequence";
    const finish = isAtSequence ? { unified: "stop" as const, raw: null, stopSequence: "END" } : reasons[name];
    if (finish === undefined) throw new Error(`${name} is no finish reason`);
    const { status, incomplete_details: details } = toResponsesReason(finish) as {
      status: string;
      incomplete_details: { reason: string } | null;
    };
    const found = [toChatReason(finish, false), details?.reason ?? status, toMessagesReason(finish, false)];
    expect(found.map((reason) => `\`${reason}\``)).toEqual(cells);
  });
});

describe("docs/protocols.md: rules", () => {
  it("lists every rule", () => {
    const section = document.split("## Rules")[1]?.split("\n## ")[0] ?? "";
    const listed = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    const all = allProtocols.flatMap(({ rules }) => rules.flatMap((step) => step.rules.map(({ name }) => name)));
    expect(new Set(listed)).toEqual(new Set(all));
  });
});

describe("docs/protocols.md: what is mended", () => {
  const table = readTable("Refusals and retries", "Copilot says");
  const said = [...table.keys()].filter((row) => row.startsWith("`")).map((row) => row.slice(1, -1));
  const betas = "context-1m-2025-08-07,interleaved-thinking-2025-05-14";
  const parameters = { temperature: 0.5, top_p: 0.5, reasoning_effort: "low", verbosity: "low", seed: 1, user: "u" };
  const thought = { role: "assistant", content: "a", reasoning_opaque: "AAAA" };
  const question = { role: "user", content: "q" };

  async function mend(message: string, kind: "rejected" | "invalid_signature") {
    const hasBetas = message.includes("beta");
    const protocol = hasBetas ? messages : chat;
    const model = catalogueModel({ id: hasBetas ? "claude-sonnet-4" : "new-model", vendor: "X", wires: [protocol] });
    const body = {
      ...(hasBetas ? {} : parameters),
      model: model.id,
      max_tokens: 9,
      messages: [question, thought, question],
    };
    const call = { protocol, operation: "generate", wireHeaders: { "anthropic-beta": betas } } as const;
    const sent = hasBetas ? { ...body, messages: [question] } : body;
    const exchange = await prepareExchange(call, peekRequest(protocol, Buffer.from(JSON.stringify(sent))), model);
    return exchange.mend({ kind, retryAfterMs: null, error: { status: 400, code: null, message } });
  }

  it("has a row for every wording that is known", () => {
    for (const { pattern } of refusalWordings) expect(said.some((message) => pattern.test(message))).toBe(true);
  });

  it.each(said)("%s", async (message) => {
    const [goesUp = "", change] = table.get(`\`${message}\``) ?? [];
    const mended = await mend(message, "rejected");
    expect([`\`${mended?.change}\``, mended?.refused.length === 1]).toEqual([change, goesUp.endsWith("for an hour")]);
  });

  it("names what reasoning is left out by", async () => {
    const row = table.get("what is `invalid_signature` above");
    expect(`\`${(await mend("", "invalid_signature"))?.change}\``).toBe(row?.[1]);
  });
});
