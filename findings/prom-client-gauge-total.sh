#!/usr/bin/env bash
# prom-client 15.1.3 (npm), Node 20 and later.
# Three of the default metrics are gauges whose names end with _total, which Prometheus keeps for counters: `promtool check metrics`
# refuses an exposition that holds them (exit code 3), so that the linter in a build fails on collectDefaultMetrics() alone. They have no
# switch of their own; each must be taken out of the registry by its name.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund prom-client@15.1.3
cat >probe.mjs <<'JS'
import { collectDefaultMetrics, Registry } from "prom-client";
const exposed = new Registry();
collectDefaultMetrics({ register: exposed });
for (const [, name, type] of (await exposed.metrics()).matchAll(/^# TYPE (\S+_total) (\S+)$/gm)) console.log(`${name}: ${type}`);
JS
node probe.mjs | sort | tee seen.txt
diff - seen.txt <<'TXT'
nodejs_active_handles_total: gauge
nodejs_active_requests_total: gauge
nodejs_active_resources_total: gauge
process_cpu_seconds_total: counter
process_cpu_system_seconds_total: counter
process_cpu_user_seconds_total: counter
TXT
echo "as stated"
