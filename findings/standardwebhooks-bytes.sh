#!/usr/bin/env bash
# standardwebhooks 1.1.1 (npm), Node 20 and later.
# `verify` and `sign` take a Buffer and sign not its bytes but its text: what is not UTF-8 (gzip, protobuf) becomes replacement characters
# first, so that the right signature over the bytes is refused. A secret of format "raw" given as text is the other way round not UTF-8:
# of each UTF-16 unit the low byte is taken, so that with a letter beyond ASCII it is another key than the same text elsewhere.
# Given as bytes it is the key that one meant.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund standardwebhooks@1.1.1
cat >probe.mjs <<'JS'
import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
const seconds = Math.floor(Date.now() / 1000);
const judge = (webhook, key, body) => {
  const signature = createHmac("sha256", key).update(`msg_1.${seconds}.`).update(body).digest("base64");
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": `${seconds}`, "webhook-signature": `v1,${signature}` };
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return "accepted";
  } catch (error) {
    return error.message;
  }
};
const key = Buffer.alloc(32, 7);
const webhook = new Webhook(`whsec_${key.toString("base64")}`);
console.log("JSON:", judge(webhook, key, Buffer.from('{"a":1}')));
console.log("the head of a gzip file:", judge(webhook, key, Buffer.from([0x1f, 0x8b, 0x08, 0x00])));
const secret = "пароль für alle";
const raw = { format: "raw" };
console.log("a raw secret as text, its UTF-8:", judge(new Webhook(secret, raw), Buffer.from(secret), "{}"));
console.log("a raw secret as text, low bytes:", judge(new Webhook(secret, raw), Buffer.from(secret, "latin1"), "{}"));
console.log("a raw secret as bytes, its UTF-8:", judge(new Webhook(Buffer.from(secret), raw), Buffer.from(secret), "{}"));
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
JSON: accepted
the head of a gzip file: No matching signature found
a raw secret as text, its UTF-8: No matching signature found
a raw secret as text, low bytes: accepted
a raw secret as bytes, its UTF-8: accepted
TXT
echo "as stated"
