#!/usr/bin/env bash
# prom-client 15.1.3 (npm), Node 20 and later.
# collectDefaultMetrics() starts a watch of the event loop that wakes the process a hundred times a second (some 4 ms of CPU a second) for
# as long as it lives. Nothing stops it: neither taking its metrics out of the registry nor clearing the registry, and a second registry
# starts a second one. Whoever wants the other default metrics only can merely make it rare, with eventLoopMonitoringPrecision.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund prom-client@15.1.3
cat >probe.mjs <<'JS'
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";

const require = createRequire(import.meta.url);
const hooks = require("node:perf_hooks");
const { monitorEventLoopDelay } = hooks;
const watches = [];
hooks.monitorEventLoopDelay = (options) => {
  const watch = monitorEventLoopDelay(options);
  watches.push(watch);
  return watch;
};
const { collectDefaultMetrics, Registry } = require("prom-client");

const first = new Registry();
collectDefaultMetrics({ register: first });
first.clear();
collectDefaultMetrics({ register: new Registry() });
const rare = new Registry();
collectDefaultMetrics({ register: rare, eventLoopMonitoringPrecision: 2 ** 31 - 1 });

for (const watch of watches) watch.reset();
await setTimeout(500);
for (const [index, name] of ["cleared registry", "second registry", "made rare"].entries()) {
  console.log(`${name}: ${watches[index].count > 0 ? "still looks" : "does not look"}`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
cleared registry: still looks
second registry: still looks
made rare: does not look
TXT
echo "as stated"
