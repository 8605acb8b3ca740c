#!/usr/bin/env bash
# jsonc-parser 3.3.1 (npm), Node 20 and later.
# modify() and parse() take different ones of a name that stands in an object twice: the edit changes the first, the reader keeps the
# last. So a setting that was changed, and written, reads as before. And the only property of an object taken out, where a comma follows
# it, leaves that comma alone in its braces, which nothing reads any more. Who edits people's files has to read the result again.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund jsonc-parser@3.3.1
cat >probe.cjs <<'JS'
const { applyEdits, modify, parse } = require("jsonc-parser");
const formattingOptions = { insertSpaces: true, tabSize: 2 };
for (const [text, value] of [['{"theme":"dark"}', "light"], ['{"theme":"dark","theme":"dark"}', "light"], ['{"theme":"dark"}', undefined], ['{"theme":"dark",}', undefined]]) {
  const written = applyEdits(text, modify(text, ["theme"], value, { formattingOptions }));
  const errors = [];
  const read = parse(written, errors, { allowTrailingComma: true });
  console.log(`${text} with theme ${value ?? "removed"}: ${errors.length > 0 ? "cannot be read" : `reads ${JSON.stringify(read)}`}`);
}
JS
node probe.cjs | tee seen.txt
diff - seen.txt <<'TXT'
{"theme":"dark"} with theme light: reads {"theme":"light"}
{"theme":"dark","theme":"dark"} with theme light: reads {"theme":"dark"}
{"theme":"dark"} with theme removed: reads {}
{"theme":"dark",} with theme removed: cannot be read
TXT
echo "as stated"
