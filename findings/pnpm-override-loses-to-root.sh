#!/usr/bin/env bash
# pnpm 10.34.9 (npm), Node 20 and later.
# An override of a package's peer (`overrides: parent>peer`) decides which version stands beside the parent, as long as the workspace's root
# does not depend on the peer itself. Where it does, the root's version is linked although the override rules it out, with no more than a
# warning; `packageExtensions` that make the peer a dependency or another range change nothing either. Only
# `resolvePeersFromWorkspaceRoot: false` lets the override through.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
mkdir -p tool w/packages/a
(cd tool; npm init -y >/dev/null; npm install --silent --no-audit --no-fund pnpm@10.34.9)
cd w
echo '{"name":"a","version":"1.0.0","dependencies":{"use-sync-external-store":"1.2.0"}}' >packages/a/package.json
parent=use-sync-external-store
override="overrides:\n  '$parent>react': 17.0.2\n"
linked() {
  rm -rf node_modules packages/a/node_modules pnpm-lock.yaml
  printf "packages:\n  - packages/*\n$1" >pnpm-workspace.yaml
  "$folder/tool/node_modules/.bin/pnpm" install --silent >/dev/null 2>&1
  node -p "require('$(realpath packages/a/node_modules/$parent)/../react/package.json').version"
}
{
  echo '{"name":"root","private":true}' >package.json
  echo "override: $(linked "$override")"
  echo '{"name":"root","private":true,"dependencies":{"react":"18.3.1"}}' >package.json
  echo "override, the root has 18: $(linked "$override")"
  echo "a dependency by extension, the root has 18: $(linked "packageExtensions:\n  $parent:\n    dependencies:\n      react: 17.0.2\n")"
  echo "another peer by extension, the root has 18: $(linked "packageExtensions:\n  $parent:\n    peerDependencies:\n      react: 17.0.2\n")"
  echo "override, the root has 18 and is not asked: $(linked "${override}resolvePeersFromWorkspaceRoot: false\n")"
} | tee seen.txt
diff - seen.txt <<'TXT'
override: 17.0.2
override, the root has 18: 18.3.1
a dependency by extension, the root has 18: 18.3.1
another peer by extension, the root has 18: 18.3.1
override, the root has 18 and is not asked: 17.0.2
TXT
echo "as stated"
