import { chatModel, messagesModel } from "./accounts.js";
import { agentEvents, agentScripts } from "./agent-scripts.js";
import { type AnswerForm, type AnswerWire, prepareJson, prepareStream, streamEvents } from "./answers.js";
import type { ClientProtocol } from "./contenders/contender.js";
import type { ExpectedAnswer } from "./load-job.js";

/** One row of the comparison. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What is asked, each by every so-manieth of those who ask. */
  readonly scripts: readonly ScenarioScript[];
  readonly form: AnswerForm;
  readonly concurrency: number;
  readonly staggerMs: number;
  readonly durationMs: number;
  readonly maxRequests: number;
  /** Measured in a process that has just started, for its memory. */
  readonly isFresh: boolean;
  /** With `isFresh`: not even a few requests have loaded its code. */
  readonly isCold: boolean;
  /** Only these contenders; null: all that speak the protocol. */
  readonly contenders: readonly string[] | null;
}

/** What one client asks, one request after the other. */
export interface ScenarioScript {
  readonly protocol: ClientProtocol;
  readonly bodies: readonly string[];
  readonly expected: ExpectedAnswer;
}

const question = "What does a fox do when it comes home for tea? Tell me in a few words.";
const promptBytes = 200_000;
const unlimited = Number.MAX_SAFE_INTEGER;

const chatBody = { model: chatModel, messages: [{ role: "user", content: question }] };
const chatStreamBody = JSON.stringify({ ...chatBody, stream: true, stream_options: { include_usage: true } });

const usual = { staggerMs: 0, durationMs: unlimited, isFresh: false, isCold: false, contenders: null } as const;
/** They only translate. */
const passingOn = ["direct", "nginx", "node-proxy", "hono-proxy", "gateway", "other-gateway"];
const agents = 40;

/**
 * What is measured, in this order. By numbers of requests, so that a busy machine makes it longer but does not change
 * what is done; with size 1, one measurement takes from half a second to a few.
 */
export function createScenarios(size: number): readonly Scenario[] {
  return [
    {
      ...usual,
      id: "json",
      title: "JSON small, 16 connections",
      scripts: [{ protocol: "chat", bodies: [JSON.stringify(chatBody)], expected: wholeAnswer("chat") }],
      form: { kind: "json" },
      concurrency: 16,
      maxRequests: 4_000 * size,
    },
    {
      ...usual,
      id: "fast-streams",
      title: `64 fast streams x ${streamEvents} chunks`,
      scripts: [{ protocol: "chat", bodies: [chatStreamBody], expected: wholeStream("chat", "[DONE]") }],
      form: { kind: "stream", paceMs: 0 },
      concurrency: 64,
      maxRequests: 1_000 * size,
    },
    {
      ...usual,
      id: "paced-streams",
      title: "100 paced streams, 20 ms apart",
      scripts: [{ protocol: "chat", bodies: [chatStreamBody], expected: wholeStream("chat", "[DONE]") }],
      form: { kind: "stream", paceMs: 20 },
      concurrency: 100,
      maxRequests: 300 * size,
      staggerMs: 10,
    },
    {
      ...usual,
      id: "large-prompt",
      title: "200 kB prompt, 16 connections",
      scripts: [{ protocol: "chat", bodies: [largeBody()], expected: wholeAnswer("chat") }],
      form: { kind: "json" },
      concurrency: 16,
      maxRequests: 400 * size,
    },
    {
      ...usual,
      id: "slow-streams",
      title: "1,000 slow streams",
      scripts: [{ protocol: "chat", bodies: [chatStreamBody], expected: wholeStream("chat", "[DONE]") }],
      form: { kind: "stream", paceMs: 100 },
      concurrency: 1_000,
      maxRequests: 1_000,
      staggerMs: 1,
      isFresh: true,
    },
    {
      ...usual,
      id: "messages-streams",
      title: `Messages passed on: 64 fast streams x ${streamEvents} chunks`,
      scripts: [
        {
          protocol: "messages",
          bodies: [messagesBody(messagesModel)],
          expected: wholeStream("messages", "message_stop"),
        },
      ],
      form: { kind: "stream", paceMs: 0 },
      concurrency: 64,
      maxRequests: 1_000 * size,
      contenders: passingOn,
    },
    {
      ...usual,
      id: "translated-streams",
      title: `Messages to Chat: 64 fast streams x ${streamEvents} chunks`,
      scripts: [
        { protocol: "messages", bodies: [messagesBody(chatModel)], expected: { bytes: null, ending: "message_stop" } },
      ],
      form: { kind: "stream", paceMs: 0 },
      concurrency: 64,
      maxRequests: 600 * size,
      contenders: ["bare-translator", "gateway", "other-gateway", "copilot-api"],
    },
    {
      ...usual,
      id: "sessions",
      title: "streams, 8 in flight",
      scripts: [{ protocol: "chat", bodies: [chatStreamBody], expected: { bytes: null, ending: "[DONE]" } }],
      form: { kind: "stream", paceMs: 0 },
      concurrency: 8,
      maxRequests: 1_000 * size,
      // One contender would take minutes.
      durationMs: 1_500 * size,
      contenders: ["gateway", "other-gateway", "sdk-sessions"],
    },
    {
      ...usual,
      id: "cold-burst",
      title: "1,000 streams at once, on a process that has served nothing",
      scripts: [{ protocol: "chat", bodies: [chatStreamBody], expected: wholeStream("chat", "[DONE]") }],
      form: { kind: "stream", paceMs: 100 },
      concurrency: 1_000,
      maxRequests: 1_000,
      isFresh: true,
      isCold: true,
    },
    {
      ...usual,
      id: "agents",
      title: `${agents} agents' sessions of ${agentTurns(size)} turns: 20 to 200 kB with tools, 200 chunks 20 ms apart, three protocols`,
      scripts: agentScripts(agentTurns(size)),
      form: { kind: "stream", paceMs: 20, events: agentEvents },
      concurrency: agents,
      maxRequests: agents * agentTurns(size),
      staggerMs: 40,
    },
  ];
}

/** 30 at the most, as long sessions have; fewer where a measurement is to be short. */
function agentTurns(size: number): number {
  return Math.min(30, Math.max(2, Math.round(5 * size)));
}

function messagesBody(model: string): string {
  return JSON.stringify({ model, max_tokens: 1_000, stream: true, messages: [{ role: "user", content: question }] });
}

/** As agents send them: many messages, with quotes and line ends to be escaped. */
function largeBody(): string {
  const line = 'if (value === "quoted") {\n\treturn "some text of a file that an agent has read";\n}\n';
  const content = line.repeat(20);
  const count = Math.floor(promptBytes / JSON.stringify(content).length);
  const messages = Array.from({ length: count }, (_, index) => ({ role: index % 2 ? "assistant" : "user", content }));
  return JSON.stringify({ ...chatBody, messages: [...messages, ...chatBody.messages] });
}

function wholeAnswer(wire: AnswerWire): ExpectedAnswer {
  return { bytes: byteLength(prepareJson(wire).parts), ending: "usage" };
}

function wholeStream(wire: AnswerWire, ending: string): ExpectedAnswer {
  return { bytes: byteLength(prepareStream(wire).parts), ending };
}

function byteLength(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
