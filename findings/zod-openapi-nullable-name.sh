#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 with zod 4.6.7, hono 4.13.19 and ajv 8.20.0 (npm), Node 20 and later.
# Of a schema with a name that is used as it is and made nullable, the OpenAPI 3.1 document says what depends on the order of the routes:
# plain first, and the nullable place is all of "the named one" and "an object or null", which no null is; nullable first, and the named
# one itself may be null, everywhere. zod tells the two apart in both cases. A union with z.null() is published rightly.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 zod@4.6.7 hono@4.13.19 ajv@8.20.0
cat >probe.mjs <<'JS'
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
const plain = z.object({ name: z.string() }).openapi("Person");
const forms = { plain, nullable: plain.nullable(), union: z.union([plain, z.null()]) };
for (const order of [["plain", "nullable"], ["nullable", "plain"], ["plain", "union"], ["union", "plain"]]) {
  const app = new OpenAPIHono();
  for (const form of order) {
    const content = { "application/json": { schema: forms[form] } };
    app.openapi(createRoute({ method: "get", path: `/${form}`, responses: { 200: { description: "Somebody.", content } } }), (context) => context.json(null));
  }
  const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "People", version: "1" } });
  const ajv = new Ajv2020({ strict: false }).addSchema(JSON.parse(JSON.stringify(document)), "doc");
  const takesNull = (form) => {
    const { schema } = document.paths[`/${form}`].get.responses[200].content["application/json"];
    return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')))(null);
  };
  console.log(`routes in the order ${order.join(", ")}: ${order.map((form) => `${form} takes null ${takesNull(form)}, zod ${forms[form].safeParse(null).success}`).join("; ")}`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
routes in the order plain, nullable: plain takes null false, zod false; nullable takes null false, zod true
routes in the order nullable, plain: nullable takes null true, zod true; plain takes null true, zod false
routes in the order plain, union: plain takes null false, zod false; union takes null true, zod true
routes in the order union, plain: union takes null true, zod true; plain takes null false, zod false
TXT
echo "as stated"
