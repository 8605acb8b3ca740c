#!/usr/bin/env bash
# openapi-sampler 1.7.10 with ajv 8.20.0 (npm), Node 20 and later.
# The example that it makes for a schema is not always valid by that schema: of "null or a string", with null first, it makes an empty
# object; a multiple of four from five on is five; a URI of at most five letters has eighteen. With null last, or without the
# lower bound, the examples are valid. So documents whose examples come from it must be checked, not trusted.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openapi-sampler@1.7.10 ajv@8.20.0
cat >probe.cjs <<'JS'
const { sample } = require("openapi-sampler");
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ formats: { uri: true } });
for (const schema of [
  { oneOf: [{ type: "null" }, { type: "string" }] },
  { oneOf: [{ type: "string" }, { type: "null" }] },
  { type: "integer", minimum: 5, multipleOf: 4 },
  { type: "integer", multipleOf: 4 },
  { type: "string", format: "uri", maxLength: 5 },
]) {
  const made = sample(schema);
  console.log(`${JSON.stringify(schema)} -> ${JSON.stringify(made)} ${ajv.validate(schema, made) ? "valid" : "not valid"}`);
}
JS
node probe.cjs | tee seen.txt
diff - seen.txt <<'TXT'
{"oneOf":[{"type":"null"},{"type":"string"}]} -> {} not valid
{"oneOf":[{"type":"string"},{"type":"null"}]} -> "string" valid
{"type":"integer","minimum":5,"multipleOf":4} -> 5 not valid
{"type":"integer","multipleOf":4} -> 0 valid
{"type":"string","format":"uri","maxLength":5} -> "http://example.com" not valid
TXT
echo "as stated"
