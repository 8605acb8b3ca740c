#!/usr/bin/env bash
# prom-client 15.1.3 (npm), Node 20 and later.
# nodejs_gc_duration_seconds of collectDefaultMetrics() misses collections. Node hands them to a PerformanceObserver in batches, all that
# happened since the event loop last turned; prom-client observes the first entry of each batch and drops the rest. The more a turn
# allocates, the more is missing: of a turn with dozens of collections one is counted, and its rate and sum look healthy when they are not.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund prom-client@15.1.3
cat >probe.mjs <<'JS'
import { PerformanceObserver } from "node:perf_hooks";
import { collectDefaultMetrics, Registry } from "prom-client";

const exposed = new Registry();
collectDefaultMetrics({ register: exposed });
let collections = 0;
let batches = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
  batches += 1;
}).observe({ entryTypes: ["gc"] });

let kept;
for (let index = 0; index < 20_000_000; index += 1) kept = [index, kept?.[0]];
await new Promise((resolve) => setTimeout(resolve, 200));

const counts = (await exposed.metrics()).matchAll(/^nodejs_gc_duration_seconds_count\{\S+\} (\d+)$/gm);
const counted = [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
console.error(`${collections} collections in ${batches} batches, ${counted} counted`);
console.log(`more collections than batches: ${collections > batches}`);
console.log(`as many counted as batches: ${counted === batches}`);
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
more collections than batches: true
as many counted as batches: true
TXT
echo "as stated"
