import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { LatestMap } from "./latest-map.js";

function filled(capacity: number, ...keys: readonly string[]): LatestMap<string, string> {
  const map = new LatestMap<string, string>(capacity);
  for (const key of keys) map.set(key, key.toUpperCase());
  return map;
}

const keysOf = (map: LatestMap<string, string>) => map.entries().map(([key]) => key);

describe("LatestMap", () => {
  it("keeps what was set last, and gives back what it forgets", () => {
    const map = filled(2, "a");
    expect([map.set("b", "B"), map.set("c", "C")]).toEqual([undefined, "A"]);
    expect(map.entries()).toEqual([
      ["b", "B"],
      ["c", "C"],
    ]);
    expect([map.get("a"), map.has("a"), map.get("b"), map.has("b")]).toEqual([undefined, false, "B", true]);
  });

  it("counts a key that is set again as new, with its new value", () => {
    const map = filled(2, "a", "b");
    map.set("a", "again");
    map.set("c", "C");
    expect(map.entries()).toEqual([
      ["a", "again"],
      ["c", "C"],
    ]);
  });

  it("counts a key that is used as new, and one that is only read as old as it is", () => {
    const map = filled(2, "a", "b");
    expect(map.use("a")).toBe("A");
    map.set("c", "C");
    expect(keysOf(map)).toEqual(["a", "c"]);
    expect(map.get("a")).toBe("A");
    map.set("d", "D");
    expect(keysOf(map)).toEqual(["c", "d"]);
    expect(map.use("a")).toBeUndefined();
  });

  it("has room again for what was deleted", () => {
    const map = filled(2, "a", "b");
    map.delete("a");
    map.set("c", "C");
    expect(keysOf(map)).toEqual(["b", "c"]);
    map.delete("b");
    map.delete("c");
    for (const key of ["d", "e", "f"]) map.set(key, key);
    expect(keysOf(map)).toEqual(["e", "f"]);
  });

  it("never holds more than it may, whatever is set, used and deleted", () => {
    const map = new LatestMap<string, number>(8);
    for (let step = 0; step < 5_000; step += 1) {
      const key = String((step * 7919) % 23);
      if (step % 5 === 0) map.delete(key);
      else if (step % 3 === 0) map.use(key);
      else map.set(key, step);
      expect(map.entries().length).toBeLessThanOrEqual(8);
    }
    expect(map.entries().length).toBeGreaterThan(0);
  });

  it("keeps its order whichever is used: the oldest, the newest, one between", () => {
    const map = filled(4, "a", "b", "c", "d");
    for (const key of ["a", "a", "c"]) map.use(key);
    expect(keysOf(map)).toEqual(["b", "d", "a", "c"]);
    map.delete("b");
    map.delete("c");
    expect(keysOf(map)).toEqual(["d", "a"]);
    map.set("d", "again");
    map.set("e", "E");
    expect(keysOf(map)).toEqual(["a", "d", "e"]);
  });

  it("takes nothing out of a table to make a key the newest, whose place there would be looked at each time", () => {
    const map = filled(3, "a", "b", "c");
    const removed = vi.spyOn(Map.prototype, "delete");
    onTestFinished(() => removed.mockRestore());
    for (const key of ["a", "b", "c", "a"]) {
      map.use(key);
      map.set(key, "again");
    }
    expect(removed).not.toHaveBeenCalled();
    map.set("d", "D");
    expect(removed.mock.calls).toEqual([["b"]]);
  });

  it.each(["that was full once", "that never is"])("holds no more memory after a million uses of a map %s", (when) => {
    const map = new LatestMap<number, number>(4);
    for (let key = 0; key < (when === "that never is" ? 3 : 9); key += 1) map.set(key, key);
    const keys = map.entries().map(([key]) => key);
    const before = heapBytes();
    for (let step = 0; step < 1_000_000; step += 1) map.use(keys[step % keys.length] ?? 0);
    expect(heapBytes() - before).toBeLessThan(2_000_000);
    expect(map.use(keys[0] ?? 0)).toBe(keys[0]);
  });
});

/** What is reachable. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
