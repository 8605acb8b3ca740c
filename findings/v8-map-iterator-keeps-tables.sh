#!/usr/bin/env bash
# V8 of Node 20.20, 22.23 and 24.21; nothing is installed.
# An iterator of a Map that was made and never advanced keeps alive every table that the map has had since. A map whose entries are deleted and
# set again (the usual way to keep the latest ones) gets a new table every few changes; the old ones are chained from the old to the new, for
# iterators that still have to follow. With no iterator they are garbage; with one that rests, a map of two entries holds 50 MB after a million
# changes, which a heap snapshot shows as nameless arrays. Who keeps an iterator to find the oldest entry must renew it now and then.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat >probe.mjs <<'JS'
function growthMegabytes(keepIterator) {
  const map = new Map([["a", 1], ["b", 2]]);
  const resting = keepIterator ? map.keys() : null;
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let change = 0; change < 1_000_000; change += 1) {
    const key = change % 2 === 0 ? "a" : "b";
    map.delete(key);
    map.set(key, change);
  }
  gc();
  const grown = (process.memoryUsage().heapUsed - before) / 1e6;
  console.error(`${map.size} entries, ${resting === null ? "no iterator" : "one that rests"}: ${grown.toFixed(1)} MB`);
  return { grown, first: resting?.next().value };
}
console.log(`without an iterator, more than 1 MB: ${growthMegabytes(false).grown > 1}`);
const { grown, first } = growthMegabytes(true);
console.log(`with one that rests, more than 20 MB: ${grown > 20}`);
console.log(`and it still goes on at the oldest entry: ${first}`);
JS
node --expose-gc probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
without an iterator, more than 1 MB: false
with one that rests, more than 20 MB: true
and it still goes on at the oldest entry: a
TXT
echo "as stated"
