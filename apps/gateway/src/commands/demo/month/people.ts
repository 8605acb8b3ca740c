import type { KeyLimits } from "@copilot-llm/model";
import type { Topic } from "./topics.js";

export type MonthProtocol = "openai-chat" | "openai-responses" | "anthropic-messages";

/** Who asks, with what, how often. Every alias says that nobody did. */
export interface Person {
  readonly alias: string;
  readonly protocol: MonthProtocol;
  readonly userAgent: string;
  /** The likelier ones more than once. */
  readonly models: readonly string[];
  /** How many conversations a working day begins with, about. */
  readonly perDay: number;
  readonly worksAtNight: boolean;
  readonly fits: (topic: Topic) => boolean;
  readonly limits: Partial<KeyLimits>;
  /** How much of its requests a month is used up at the end, where that is limited. */
  readonly usedShare: number | null;
}

const anyTopic = (): boolean => true;
const readsFiles = ({ reads }: Topic): boolean => reads !== undefined;
const onlyTalks = ({ reads }: Topic): boolean => reads === undefined;

export const people: readonly Person[] = [
  {
    alias: "Mia, laptop (simulated)",
    protocol: "anthropic-messages",
    userAgent: "claude-cli/2.1.170 (external, cli)",
    models: ["claude-sonnet-4.6", "claude-sonnet-4.6", "claude-haiku-4.5", "claude-sonnet-5"],
    perDay: 4,
    worksAtNight: false,
    fits: anyTopic,
    limits: { maxPremiumRequests: 300, limitPeriod: "month" },
    usedShare: null,
  },
  {
    alias: "Jonas, editor (simulated)",
    protocol: "openai-chat",
    userAgent: "Cline/3.0.65",
    models: ["gpt-5-mini", "gpt-5-mini", "gpt-4.1", "gpt-5.4"],
    perDay: 5,
    worksAtNight: false,
    fits: anyTopic,
    limits: {},
    usedShare: null,
  },
  {
    alias: "Priya, Codex (simulated)",
    protocol: "openai-responses",
    userAgent: "codex_cli_rs/0.61.0 (Mac OS 15.1.0; arm64)",
    models: ["gpt-5.3-codex", "gpt-5-mini", "gpt-5-mini"],
    perDay: 4,
    worksAtNight: false,
    fits: onlyTalks,
    limits: { requestsPerMinute: 60 },
    usedShare: null,
  },
  {
    alias: "Nightly review (simulated)",
    protocol: "openai-chat",
    userAgent: "OpenAI/Python 2.8.0",
    models: ["gpt-5-mini", "gpt-4.1"],
    perDay: 4,
    worksAtNight: true,
    fits: readsFiles,
    limits: { limitPeriod: "month" },
    usedShare: 0.94,
  },
  {
    alias: "Docs bot (simulated)",
    protocol: "anthropic-messages",
    userAgent: "Anthropic/Python 0.75.0",
    models: ["claude-haiku-4.5", "claude-haiku-4.5", "gpt-5-mini"],
    perDay: 3,
    worksAtNight: true,
    fits: onlyTalks,
    limits: { maxConcurrency: 4 },
    usedShare: null,
  },
  {
    alias: "Trial (simulated)",
    protocol: "openai-chat",
    userAgent: "OpenAI/JS 6.9.0",
    models: ["gpt-5-mini", "gemini-2.5-pro"],
    perDay: 0.7,
    worksAtNight: false,
    fits: onlyTalks,
    limits: { limitPeriod: "month" },
    usedShare: 1,
  },
];

/** The one limit that is set at the end of the month, by what was used in it. */
export function requestLimit(count: number): Partial<KeyLimits> {
  return { maxRequests: count };
}
