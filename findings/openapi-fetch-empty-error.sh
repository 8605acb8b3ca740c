#!/usr/bin/env bash
# openapi-fetch 0.17.0 (npm), Node 20 and later.
# An answer that refuses without a body (a 502 of a proxy, a bare 401) comes back with `error` set to the empty string. That is false, so
# the usual `const { data, error } = …; if (error) …` takes it for a success whose data is undefined. Only `response.ok` tells the truth.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openapi-fetch@0.17.0
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import createClient from "openapi-fetch";
const server = createServer((request, response) => {
  const [, status, body] = request.url.split("/");
  response.writeHead(Number(status), { "content-type": "application/json", connection: "close" }).end(body === "bare" ? "" : '{"message":"no"}');
});
server.listen(0, "127.0.0.1", async () => {
  const client = createClient({ baseUrl: `http://127.0.0.1:${server.address().port}` });
  for (const path of ["/401/told", "/401/bare", "/502/bare"]) {
    const { data, error, response } = await client.GET(path);
    console.log(`${path}: error is ${JSON.stringify(error)}, data ${data}, \`if (error)\` sees ${error ? "a failure" : "none"}, ok ${response.ok}`);
  }
  server.close();
});
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
/401/told: error is {"message":"no"}, data undefined, `if (error)` sees a failure, ok false
/401/bare: error is "", data undefined, `if (error)` sees none, ok false
/502/bare: error is "", data undefined, `if (error)` sees none, ok false
TXT
echo "as stated"
