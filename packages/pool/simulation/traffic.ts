import type { Randomness } from "@copilot-llm/model";

export const dayMs = 86_400_000;
export const monthMs = 30 * dayMs;
const hourMs = dayMs / 24;

/** One request of a conversation, as its client plans it. */
export interface PlannedRequest {
  readonly initiator: "user" | "agent";
  /** Between the end of the request before and this one. */
  readonly pauseMs: number;
  readonly durationMs: number;
}

export interface PlannedConversation {
  readonly id: string;
  readonly startMs: number;
  readonly modelId: string;
  readonly requests: readonly PlannedRequest[];
}

/** Which models clients ask for, and what one user turn of each costs. */
export const trafficModels = [
  { id: "free", multiplier: 0, share: 0.25 },
  { id: "small", multiplier: 0.33, share: 0.2 },
  { id: "standard", multiplier: 1, share: 0.49 },
  { id: "large", multiplier: 3, share: 0.06 },
] as const;

const burstsPerMonth = 150;
const burstShare = 0.35;
const burstMs = 4 * 60_000;

/**
 * A month of conversations whose user turns cost `premiumUnits` in all: at the pace of a week, by day mostly, a third of
 * them in bursts of a few minutes. A conversation is user turns, each followed by an agent's own requests.
 */
export function planTraffic(premiumUnits: number, randomness: Randomness): readonly PlannedConversation[] {
  const bursts = Array.from({ length: burstsPerMonth }, () => workingTimeMs(randomness));
  const conversations: PlannedConversation[] = [];
  let planned = 0;
  while (planned < premiumUnits) {
    const burst = bursts[Math.floor(randomness.next() * bursts.length)] ?? 0;
    const isBurst = randomness.next() < burstShare;
    const startMs = isBurst ? burst + randomness.next() * burstMs : workingTimeMs(randomness);
    const model = pickModel(randomness);
    const requests = planRequests(randomness);
    planned += model.multiplier * requests.filter(({ initiator }) => initiator === "user").length;
    conversations.push({ id: `conversation-${conversations.length}`, startMs, modelId: model.id, requests });
  }
  return conversations;
}

function planRequests(randomness: Randomness): readonly PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  const userTurns = 1 + geometric(1.2, randomness);
  for (let turn = 0; turn < userTurns; turn += 1) {
    requests.push(planRequest("user", 180_000, randomness));
    const agentTurns = geometric(2, randomness);
    for (let step = 0; step < agentTurns; step += 1) requests.push(planRequest("agent", 1_500, randomness));
  }
  return requests;
}

function planRequest(initiator: "user" | "agent", meanPauseMs: number, randomness: Randomness): PlannedRequest {
  const pauseMs = exponential(meanPauseMs, randomness);
  return { initiator, pauseMs, durationMs: 1_000 + exponential(9_000, randomness) };
}

/** How much is asked on each day of the week, Monday first, against the busiest. */
const dayShares = [0.9, 1, 1, 0.95, 0.8, 0.2, 0.2];
/** And at each hour of the day. */
const nightShare = 0.2;

/** How much is asked at the moment, against the busiest: the month begins on a Monday. */
function paceAt(atMs: number): number {
  const hour = Math.floor(atMs / hourMs) % 24;
  const isWorkingHour = hour >= 8 && hour < 18;
  return (dayShares[Math.floor(atMs / dayMs) % 7] ?? 0) * (isWorkingHour ? 1 : nightShare);
}

/** A moment of the month, at the pace of the week. */
function workingTimeMs(randomness: Randomness): number {
  for (;;) {
    const atMs = randomness.next() * (monthMs - dayMs / 4);
    if (randomness.next() < paceAt(atMs)) return atMs;
  }
}

function pickModel(randomness: Randomness): (typeof trafficModels)[number] {
  let left = randomness.next();
  for (const model of trafficModels) {
    left -= model.share;
    if (left < 0) return model;
  }
  return trafficModels[0];
}

function exponential(mean: number, randomness: Randomness): number {
  return -mean * Math.log(1 - randomness.next());
}

function geometric(mean: number, randomness: Randomness): number {
  return Math.floor(Math.log(1 - randomness.next()) / Math.log(mean / (1 + mean)));
}
