import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Contender } from "./contenders/contender.js";
import { createGatewayContender } from "./contenders/gateway.js";
import { installPublished } from "./contenders/published.js";
import {
  bareTranslator,
  direct,
  honoProxy,
  isNginxInstalled,
  nginx,
  nodeProxy,
  sdkSessions,
} from "./contenders/yardsticks.js";
import { canPin, startOwnProgram } from "./measure/child-process.js";
import { runRounds } from "./measure/run-rounds.js";
import { describeSoak, soak } from "./measure/soak.js";
import { renderReport } from "./report/render-report.js";
import { createScenarios } from "./scenarios.js";

const builtGateway = path.join(import.meta.dirname, "../../apps/gateway/dist/main.js");

/** Of a gateway that has been used for long. */
const keys = 10_000;
const tokens = 1_000;

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    size: { type: "string", default: "2" },
    scenarios: { type: "string" },
    contenders: { type: "string" },
    gateway: { type: "string", default: builtGateway },
    against: { type: "string" },
    "gateway-node-options": { type: "string", default: "" },
    "with-published": { type: "boolean", default: false },
    /** Records of a gateway that has been used for long, which then takes part. */
    history: { type: "string" },
    /** Minutes. */
    soak: { type: "string" },
    output: { type: "string" },
  },
});

// Each child process adds a listener of its own.
process.setMaxListeners(0);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
await main();

async function main(): Promise<void> {
  if (!existsSync(options.gateway)) throw new Error(`${options.gateway} is not there; build the gateway first.`);
  const rounds = Number(options.rounds);
  const scenarios = select(createScenarios(Number(options.size)), options.scenarios);
  const contenders = select(listContenders(), options.contenders);
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-bench-"));
  const upstream = await startOwnProgram("fake-upstream", { processor: "others" });
  const load = await startOwnProgram("load-generator", { processor: "others" });
  const surroundings = { upstreamUrl: upstream.url, directory };
  const apparatus = { upstream, load };
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    let report: string;
    if (options.soak === undefined) {
      const results = await runRounds({ contenders, scenarios, rounds, surroundings, apparatus, report: tell });
      report = `${describeRun(rounds)}\n\n${renderReport({ contenders, scenarios, rounds, results })}\n`;
    } else {
      const gateway = contenders.find(({ id }) => id === "gateway");
      if (gateway === undefined) throw new Error("Without a gateway there is nothing to soak.");
      const plan = { gateway, scenarios, surroundings, apparatus, minutes: Number(options.soak), report: tell };
      report = `${describeSoak(await soak(plan))}\n`;
    }
    process.stdout.write(report);
    if (options.output !== undefined) writeFileSync(options.output, report);
  } finally {
    await load.stop();
    await upstream.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function listContenders(): readonly Contender[] {
  const hasNginx = isNginxInstalled();
  if (!hasNginx) process.stderr.write("Without nginx: it is not installed.\n");
  const nodeOptions = options["gateway-node-options"].split(" ").filter(Boolean);
  const gateway = createGatewayContender({ id: "gateway", title: "this gateway" }, options.gateway, nodeOptions);
  const against =
    options.against === undefined
      ? []
      : [createGatewayContender({ id: "other-gateway", title: "another build" }, options.against, [])];
  const history =
    options.history === undefined
      ? []
      : [
          createGatewayContender(
            {
              id: "full-gateway",
              title: `this gateway with ${keys} keys, ${tokens} tokens, ${options.history} records`,
            },
            options.gateway,
            [],
            { keys, tokens, records: Number(options.history) },
          ),
        ];
  const published = options["with-published"] ? installPublished() : [];
  return [
    direct,
    ...(hasNginx ? [nginx] : []),
    nodeProxy,
    honoProxy,
    bareTranslator,
    ...published,
    sdkSessions,
    ...against,
    ...history,
    gateway,
  ];
}

/** Those named in a comma-separated list; all without one. */
function select<Item extends { readonly id: string }>(
  items: readonly Item[],
  list: string | undefined,
): readonly Item[] {
  if (list === undefined) return items;
  return list.split(",").map((id) => {
    const found = items.find((item) => item.id === id);
    if (found === undefined)
      throw new Error(`There is no ${id}; there are ${items.map((item) => item.id).join(", ")}.`);
    return found;
  });
}

function describeRun(rounds: number): string {
  const processors = `${cpus().length} x ${cpus()[0]?.model ?? "?"}`;
  const pinning = canPin() ? "the contender pinned to one of them, the rest to another" : "nothing pinned";
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${processors}, ${pinning}, ${rounds} rounds, medians.`;
}
