#!/usr/bin/env bash
# eventsource-parser 3.1.1 (npm), Node 20 and later.
# The standard lets a line of an event stream end with CR alone. Fed as text that ends right after the empty line, an event in LF or CRLF
# is delivered at once; the same event in lone CR is held back, not until one more character shows that no LF follows, but until another
# line has ended. A server that ends its lines with CR is therefore always one event behind, and the last event before a close is lost.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund eventsource-parser@3.1.1
cat >probe.mjs <<'JS'
import { createParser } from "eventsource-parser";
const seen = (text, more) => {
  const events = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(data) });
  parser.feed(text);
  const atOnce = events.length;
  if (more !== undefined) parser.feed(more);
  return `${atOnce} then ${events.length}`;
};
console.log("LF", seen("data: a\n\n"));
console.log("CRLF", seen("data: a\r\n\r\n"));
console.log("CR", seen("data: a\r\r"));
console.log("CR and most of the next line", seen("data: a\r\r", "data: b"));
console.log("CR and the next line with its end", seen("data: a\r\r", "data: b\r\n"));
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
LF 1 then 1
CRLF 1 then 1
CR 0 then 0
CR and most of the next line 0 then 0
CR and the next line with its end 0 then 1
TXT
echo "as stated"
