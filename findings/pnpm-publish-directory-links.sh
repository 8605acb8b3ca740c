#!/usr/bin/env bash
# pnpm 10.34.9 (npm), Node 20 and later.
# `publishConfig.directory` reads as a matter of publishing. It also changes what the workspace links: a dependent's node_modules gets a
# link to that folder of the dependency, not to the package, whether or not the folder has been built. `publishConfig.linkDirectory: false`
# in the same package.json brings the package back only once the lockfile is gone: an install over the old one goes on linking the folder.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
mkdir -p tool w/packages/a/release w/packages/b
(cd tool; npm init -y >/dev/null; npm install --silent --no-audit --no-fund pnpm@10.34.9)
pnpm() { "$folder/tool/node_modules/.bin/pnpm" "$@"; }
cd w
echo '{"name":"root","private":true}' >package.json
printf 'packages:\n  - packages/*\n' >pnpm-workspace.yaml
echo '{"name":"b","version":"1.0.0","dependencies":{"a":"workspace:*"}}' >packages/b/package.json
echo '{"name":"a","version":"1.0.0"}' >packages/a/release/package.json
write() { echo "{\"name\":\"a\",\"version\":\"1.0.0\"$1}" >packages/a/package.json; }
linked() { pnpm install --silent >/dev/null 2>&1; readlink packages/b/node_modules/a; }
{
  write ''; echo "without: $(linked)"
  write ',"publishConfig":{"directory":"release"}'; echo "with directory: $(linked)"
  write ',"publishConfig":{"directory":"release","linkDirectory":false}'; echo "linkDirectory false, the lockfile kept: $(linked)"
  rm -rf pnpm-lock.yaml packages/b/node_modules node_modules; echo "linkDirectory false, no lockfile: $(linked)"
} | tee seen.txt
diff - seen.txt <<'TXT'
without: ../../a
with directory: ../../a/release
linkDirectory false, the lockfile kept: ../../a/release
linkDirectory false, no lockfile: ../../a
TXT
echo "as stated"
