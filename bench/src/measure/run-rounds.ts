import type { Contender, RunningContender, Surroundings } from "../contenders/contender.js";
import type { Scenario } from "../scenarios.js";
import { type Apparatus, measure } from "./measure.js";
import type { Measurement, ScenarioResults } from "./measurement.js";

export interface RunPlan {
  readonly contenders: readonly Contender[];
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  readonly surroundings: Surroundings;
  readonly apparatus: Apparatus;
  readonly report: (line: string) => void;
}

interface Entrant {
  readonly contender: Contender;
  readonly running: RunningContender;
}

/**
 * Measures every scenario with every contender, round by round and the contenders close together, so that what else the
 * machine does hits all of them alike. Each round begins with another contender.
 */
export async function runRounds(plan: RunPlan): Promise<ReadonlyMap<string, ScenarioResults>> {
  const entrants: Entrant[] = [];
  try {
    for (const contender of plan.contenders) {
      await orWithout(plan, contender, async () => {
        entrants.push({ contender, running: await contender.start(plan.surroundings) });
      });
    }
    for (const entrant of [...entrants]) {
      const isReady = await orWithout(plan, entrant.contender, () => warmUp(plan, entrant));
      if (isReady) continue;
      entrants.splice(entrants.indexOf(entrant), 1);
      await entrant.running.stop();
    }
    const results = new Map<string, Map<string, Measurement[]>>();
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const scenario of plan.scenarios) {
        const ofScenario = results.get(scenario.id) ?? new Map<string, Measurement[]>();
        results.set(scenario.id, ofScenario);
        for (const entrant of rotate(
          entrants.filter((entrant) => takesPart(entrant, scenario)),
          round,
        )) {
          const { id } = entrant.contender;
          const measured = await measureEntrant(plan, entrant, scenario);
          ofScenario.set(id, [...(ofScenario.get(id) ?? []), measured]);
          plan.report(`${round + 1}/${plan.rounds} ${scenario.id} ${id}: ${describe(measured)}`);
        }
      }
    }
    return results;
  } finally {
    for (const { running } of entrants) await running.stop();
  }
}

/** False when an optional contender failed; its error is told. */
async function orWithout(plan: RunPlan, { title, isOptional }: Contender, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isOptional !== true) throw error;
    plan.report(`Without ${title}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Every code path runs hot before anything counts. */
async function warmUp({ apparatus, scenarios }: RunPlan, entrant: Entrant): Promise<void> {
  for (const scenario of scenarios.filter(({ isFresh }) => !isFresh)) {
    if (takesPart(entrant, scenario)) await measure(apparatus, entrant.running, scenario);
  }
}

async function measureEntrant(
  plan: RunPlan,
  { contender, running }: Entrant,
  scenario: Scenario,
): Promise<Measurement> {
  if (!scenario.isFresh) {
    await measure(plan.apparatus, running, shortened(scenario));
    return measure(plan.apparatus, running, scenario);
  }
  const fresh = await contender.start(plan.surroundings);
  try {
    // A few streams load the code, so that what grows is the streams' own.
    if (!scenario.isCold)
      await measure(plan.apparatus, fresh, {
        ...scenario,
        concurrency: 10,
        maxRequests: 100,
        form: { kind: "stream", paceMs: 0 },
      });
    return await measure(plan.apparatus, fresh, scenario);
  } finally {
    await fresh.stop();
  }
}

/** While the others had their turn the engine threw away what it had compiled: this brings it back. */
function shortened(scenario: Scenario): Scenario {
  const { concurrency, maxRequests, durationMs } = scenario;
  return { ...scenario, maxRequests: Math.max(concurrency, maxRequests / 2), durationMs: durationMs / 2 };
}

function takesPart({ contender, running }: Entrant, { scripts, contenders, isFresh }: Scenario): boolean {
  if (isFresh && contender.isSlowToStart === true) return false;
  if (contenders !== null) return contenders.includes(contender.id);
  return scripts.every(({ protocol }) => running.paths[protocol] !== undefined) && contender.id !== "sdk-sessions";
}

function rotate<Item>(items: readonly Item[], by: number): readonly Item[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function describe({
  requestsPerSecond,
  cpuSecondsPer1k,
  childCpuSecondsPer1k,
  firstByteMs,
  failures,
}: Measurement): string {
  const cpu =
    cpuSecondsPer1k === null ? "" : `, CPU ${cpuSecondsPer1k.toFixed(3)} + ${childCpuSecondsPer1k?.toFixed(3)} s/1k`;
  const failed = failures === 0 ? "" : `, ${failures} failed`;
  return `${requestsPerSecond.toFixed(0)}/s${cpu}, first byte ${firstByteMs.p50.toFixed(1)}/${firstByteMs.p99.toFixed(1)} ms${failed}`;
}
