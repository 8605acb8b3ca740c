import type { JsonObject } from "@copilot-llm/model";
import type { FaultName } from "@copilot-llm/simulator";
import { encodeBody } from "./encode-body.js";
import { type Person, people } from "./people.js";
import { createSeededRandom } from "./seeded-random.js";
import { type Topic, topics } from "./topics.js";

/** One request of the month. */
export interface PlannedRequest {
  readonly atMs: number;
  readonly person: Person;
  readonly body: JsonObject;
  /** How long it is to take, about. */
  readonly durationMs: number;
  /** What the simulated service does instead of answering. */
  readonly fault: FaultName | null;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const days = 30;
const seed = 20_240_229;

/** How much of a working day's conversations begin in each hour. */
const officeHours = [0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 9, 8, 4, 7, 9, 8, 6, 3, 1, 1, 1, 0, 0, 0];
const nightHours = [3, 9, 6, 2, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3];

/** None of them makes a token rest: what is played must not reach the pool that serves. */
const faults: readonly FaultName[] = [
  "unavailable",
  "content-filtered",
  "prompt-too-long",
  "stream-cut",
  "unavailable",
];
const faultShare = 0.025;

/** Thirty days of requests until `nowMs`, in order; the same for the same moment. */
export function planMonth(nowMs: number): readonly PlannedRequest[] {
  const random = createSeededRandom(seed);
  const planned: PlannedRequest[] = [];
  for (let day = days; day >= 0; day -= 1) {
    const startMs = Math.floor(nowMs / dayMs) * dayMs - day * dayMs;
    const isWeekend = [0, 6].includes(new Date(startMs).getUTCDay());
    for (const person of people) {
      const mean = person.perDay * (isWeekend && !person.worksAtNight ? 0.15 : 1) * (1.25 - day / 60);
      const count = Math.floor(mean * (0.6 + random()) + random() * 0.8);
      for (let index = 0; index < count; index += 1) {
        const beginMs = startMs + hourOf(person, random()) * hourMs + Math.floor(random() * hourMs);
        planned.push(...planConversation(person, beginMs, `${day}-${index}`, random));
      }
    }
  }
  return planned.filter(({ atMs }) => atMs < nowMs - 60_000).sort((a, b) => a.atMs - b.atMs);
}

function hourOf(person: Person, share: number): number {
  const weights = person.worksAtNight ? nightHours : officeHours;
  let rest = share * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [hour, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return hour;
  }
  return 12;
}

function planConversation(
  person: Person,
  beginMs: number,
  name: string,
  random: () => number,
): readonly PlannedRequest[] {
  const topic = pick(topics.filter(person.fits), random);
  const model = pick(person.models, random);
  const steps = Math.max(1, Math.ceil(random() * topic.steps.length));
  const requests: PlannedRequest[] = [];
  let atMs = beginMs;
  for (let step = 0; step < steps; step += 1) {
    const durationMs = durationOf(model, topic, step, random);
    const isFaulty = random() < faultShare;
    requests.push({
      atMs,
      person,
      body: encodeBody({
        protocol: person.protocol,
        model,
        topic,
        step,
        conversation: `${person.alias} ${name}`,
        withFile: topic.reads !== undefined,
      }),
      durationMs,
      fault: isFaulty ? pick(faults, random) : null,
    });
    atMs += durationMs + 20_000 + Math.floor(random() * 160_000);
  }
  return requests;
}

/** Large models think longer, long answers take longer. */
function durationOf(model: string, { steps }: Topic, step: number, random: () => number): number {
  const base = model.includes("mini") || model.includes("haiku") ? 700 : 2_200;
  const length = steps[step]?.[1].length ?? 100;
  return Math.round((base + length * 6) * (0.6 + random() * 1.1) * (random() < 0.04 ? 5 : 1));
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
