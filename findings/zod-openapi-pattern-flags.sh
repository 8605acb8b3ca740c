#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 with zod 4.6.7 and hono 4.13.19 (npm), Node 20 and later.
# A string schema with a regular expression that has flags is published with the closing slash and the flags inside `pattern`
# (`^[a-z]+$/i`). As JSON Schema has no flags, that is another expression: a validator or a generated client that takes the document at
# its word refuses every value which the server itself accepts. Without flags the pattern is right.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 zod@4.6.7 hono@4.13.19
cat >probe.mjs <<'JS'
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
const schema = z.object({ flagged: z.string().regex(/^[a-z]+$/i), plain: z.string().regex(/^[a-z]+$/) });
const app = new OpenAPIHono();
const content = { "application/json": { schema } };
app.openapi(createRoute({ method: "get", path: "/", responses: { 200: { description: "A thing.", content } } }), (context) =>
  context.json({ flagged: "abc", plain: "abc" }),
);
const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Things", version: "1" } });
const { properties } = document.paths["/"].get.responses[200].content["application/json"].schema;
for (const [name, { pattern }] of Object.entries(properties)) {
  console.log(`${name}: zod ${schema.shape[name].safeParse("abc").success}, pattern ${pattern} ${new RegExp(pattern).test("abc")}`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
flagged: zod true, pattern ^[a-z]+$/i false
plain: zod true, pattern ^[a-z]+$ true
TXT
echo "as stated"
