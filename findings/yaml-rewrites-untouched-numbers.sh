#!/usr/bin/env bash
# yaml 2.9.1 (npm), Node 20 and later.
# A document that is parsed, changed in one place and written keeps its comments, but its other numbers are written anew from what they
# were read as: an integer of more than 53 bits gets other digits, and 010, which stands for eight to readers of YAML 1.1, loses its
# nought. `keepSourceTokens` does not change that, and no warning is given. `intAsBigInt` saves the digits, not the nought.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund yaml@2.9.1
cat >probe.mjs <<'JS'
import { parseDocument } from "yaml";
const text = "account: 12345678901234567890 # ours\nmode: 010\nratio: 1.50\n";
for (const options of [{ keepSourceTokens: true }, { intAsBigInt: true }]) {
  const document = parseDocument(text, options);
  document.set("added", true);
  console.log(`${JSON.stringify(options)}\n${document.toString()}${document.warnings.length} warnings`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
{"keepSourceTokens":true}
account: 12345678901234567000 # ours
mode: 10
ratio: 1.50
added: true
0 warnings
{"intAsBigInt":true}
account: 12345678901234567890 # ours
mode: 10
ratio: 1.50
added: true
0 warnings
TXT
echo "as stated"
