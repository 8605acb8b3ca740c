import type { CatalogueModel, JsonObject, Protocol, UpstreamFailure } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import { peekRequest } from "./peek-request.js";
import { prepareExchange } from "./prepare-exchange.js";

const user = { role: "user", content: "q" };
const chatModel = catalogueModel({ id: "new-model", vendor: "X", wires: ["openai-chat"] });
const responsesModel = catalogueModel({ id: "new-model", vendor: "X", wires: ["openai-responses"] });
const messagesModel = catalogueModel({ id: "claude-sonnet-4", wires: ["anthropic-messages"] });

const refusal = (message: string, changes: Partial<UpstreamFailure> = {}): UpstreamFailure => ({
  kind: "rejected",
  retryAfterMs: null,
  error: { status: 400, code: null, message },
  ...changes,
});
const foreign = refusal("Invalid signature in thinking block", { kind: "invalid_signature" });

function prepare(
  protocol: Protocol,
  body: JsonObject,
  model: CatalogueModel,
  more: { betas?: string; refused?: string[] } = {},
) {
  const bytes = Buffer.from(JSON.stringify({ model: model.id, ...body }));
  const wireHeaders: Record<string, string> = more.betas === undefined ? {} : { "anthropic-beta": more.betas };
  const call = { protocol, operation: "generate", wireHeaders } as const;
  return prepareExchange(call, peekRequest(protocol, bytes), model, more.refused);
}

const read = (bytes: Uint8Array | undefined): JsonObject => JSON.parse(Buffer.from(bytes ?? []).toString());

describe("a request that an account refuses for another's reasoning", () => {
  const thought = {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm", signature: "s" },
      { type: "text", text: "a" },
    ],
  };

  it("is tried without it, on either way", async () => {
    const own = await prepare("anthropic-messages", { max_tokens: 9, messages: [user, thought, user] }, messagesModel);
    expect(JSON.stringify(read(own.body))).toContain("thinking");
    expect(own.mend(foreign)).toMatchObject({ change: "without earlier reasoning", refused: [] });
    expect(JSON.stringify(read(own.mend(foreign)?.body))).not.toContain("thinking");
    const sealed = {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "clp1:openai-chat:signed:c2VhbA==" },
        { type: "text", text: "a" },
      ],
    };
    const other = await prepare("anthropic-messages", { max_tokens: 9, messages: [user, sealed, user] }, chatModel);
    expect(JSON.stringify(read(other.body))).toContain("reasoning_opaque");
    expect(JSON.stringify(read(other.mend(foreign)?.body))).not.toContain("reasoning_opaque");
  });

  it("also without sealed parts of a tool's output and of agents' messages, where their words remain", async () => {
    const sealed = { type: "encrypted_content", encrypted_content: "AAAA" };
    const input = [
      user,
      { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "c", output: [{ type: "input_text", text: "seen" }, sealed] },
      { type: "agent_message", content: [sealed] },
      { type: "function_call", call_id: "d", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "d", output: [sealed] },
    ];
    const exchange = await prepare("openai-responses", { input }, responsesModel);
    expect(read(exchange.mend(foreign)?.body).input).toEqual([
      ...input.slice(0, 2),
      { type: "function_call_output", call_id: "c", output: [{ type: "input_text", text: "seen" }] },
      input[4],
      { type: "function_call_output", call_id: "d", output: "" },
    ]);
  });

  it("is refused where there is no reasoning", async () => {
    expect((await prepare("openai-chat", { messages: [user] }, chatModel)).mend(foreign)).toBeNull();
  });
});

describe("a request that is refused for one parameter", () => {
  it.each<[Protocol, JsonObject, string, string, readonly string[]]>([
    [
      "openai-chat",
      { temperature: 0.5 },
      "Unsupported parameter: 'temperature' is not supported with this model.",
      "temperature",
      ["temperature"],
    ],
    [
      "openai-chat",
      { temperature: 0.5 },
      "Unsupported value: 'temperature' does not support 0.5 with this model.",
      "temperature",
      [],
    ],
    [
      "openai-chat",
      { reasoning_effort: "low" },
      'reasoning_effort "low" was provided, but model m does not support reasoning effort',
      "reasoning_effort",
      ["reasoning_effort"],
    ],
    [
      "openai-chat",
      { verbosity: "low" },
      "Unrecognized request argument supplied: verbosity",
      "verbosity",
      ["verbosity"],
    ],
    ["openai-chat", { seed: 1 }, "Unknown parameter: 'seed'.", "seed", ["seed"]],
    [
      "openai-responses",
      { reasoning: { effort: "low" } },
      'reasoning.effort "low" is not supported by model m; supported values: []',
      "reasoning.effort",
      [],
    ],
    [
      "openai-responses",
      { text: { verbosity: "low" } },
      "Unsupported parameter: 'text.verbosity' is not supported with this model.",
      "text.verbosity",
      ["text.verbosity"],
    ],
    ["anthropic-messages", { top_p: 0.5 }, "`top_p` is deprecated for this model.", "top_p", ["top_p"]],
    [
      "anthropic-messages",
      { context_management: { edits: [] } },
      "context_management: Extra inputs are not permitted",
      "context_management",
      ["context_management"],
    ],
    [
      "anthropic-messages",
      { top_k: 5 },
      "`top_k` must be unset when thinking is enabled or in adaptive mode.",
      "top_k",
      [],
    ],
    [
      "anthropic-messages",
      { temperature: 1, top_p: 0.5 },
      "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
      "top_p",
      [],
    ],
  ])("%s %j, %s", async (protocol, parameters, message, name, refused) => {
    const said = protocol === "openai-responses" ? { input: "q" } : { messages: [user], max_tokens: 9 };
    const model =
      protocol === "openai-chat" ? chatModel : protocol === "openai-responses" ? responsesModel : messagesModel;
    const body = { ...said, ...parameters };
    const mended = (await prepare(protocol, body, model)).mend(refusal(message));
    expect(mended).toMatchObject({ change: `without ${name}`, refused });
    const [top = ""] = name.split(".");
    const { [top]: _, ...rest } = { model: model.id, ...body } as JsonObject;
    expect(read(mended?.body)).toEqual(rest);
    // What the model is known to refuse does not go up again.
    const next = await prepare(protocol, body, model, { refused: [...refused] });
    expect(next.applied).toEqual(refused.map((one) => `without ${one}`));
  });

  it("is tried without the betas that are refused, and later ones go up without them", async () => {
    const betas = "context-1m-2025-08-07,interleaved-thinking-2025-05-14";
    const body = { messages: [user], max_tokens: 9 };
    const exchange = await prepare("anthropic-messages", body, messagesModel, { betas });
    const mended = exchange.mend(refusal("unsupported beta header(s): context-1m-2025-08-07"));
    expect(mended).toMatchObject({
      change: "without context-1m-2025-08-07",
      headers: { "anthropic-version": "2023-06-01", "anthropic-beta": "interleaved-thinking-2025-05-14" },
    });
    expect(read(mended?.body)).toEqual(read(exchange.body));
    const next = await prepare("anthropic-messages", body, messagesModel, {
      betas,
      refused: [...(mended?.refused ?? [])],
    });
    expect(next.headers["anthropic-beta"]).toBe("interleaved-thinking-2025-05-14");
  });

  it.each([
    "Unsupported parameter: 'messages' is not supported with this model.",
    "Unsupported parameter: 'tools' is not supported with this model.",
    "Unsupported parameter: 'response_format' is not supported with this model.",
    "Unsupported parameter: 'top_p' is not supported with this model.",
    "messages.0.content.0.citations: Extra inputs are not permitted",
    "something else is wrong with temperature",
  ])("keeps what it cannot do without, and what it does not hold: %s", async (message) => {
    const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }];
    const body = { messages: [user], tools, response_format: { type: "json_object" }, temperature: 0 };
    expect((await prepare("openai-chat", body, chatModel)).mend(refusal(message))).toBeNull();
  });

  it("stays refused for another status", async () => {
    const message = "Unsupported parameter: 'temperature' is not supported with this model.";
    const exchange = await prepare("openai-chat", { messages: [user], temperature: 0 }, chatModel);
    expect(exchange.mend(refusal(message, { error: { status: 422, code: null, message } }))).toBeNull();
  });
});
