import fileSystem, { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import type { WriteFaults } from "../src/contract/index.js";

type Method = (this: unknown, ...values: unknown[]) => Promise<unknown>;
type Methods = Record<string, Method>;

const handleWrites = ["write", "writev", "writeFile", "truncate", "sync", "datasync"];

/** Makes this process's own writes to files fail as on a full disk, until the returned function is called. */
export async function failFileWrites({ from, isLasting }: WriteFaults): Promise<() => void> {
  let writes = 0;
  const requireRoom = () => {
    writes += 1;
    if (isLasting ? writes >= from : writes === from) {
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
  };
  const handle = await open("/dev/null", "r");
  const handles = Object.getPrototypeOf(handle) as Methods;
  await handle.close();
  const functions = fileSystem as unknown as Methods;
  const restore = [
    ...handleWrites.map((name) => before(handles, name, requireRoom)),
    before(functions, "rename", requireRoom),
    before(functions, "writeFile", requireRoom),
    before(functions, "open", (_, flags) => (flags === "w" ? requireRoom() : undefined)),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  };
}

function before(methods: Methods, name: string, check: (...values: unknown[]) => void): () => void {
  const original = methods[name];
  if (original === undefined) throw new Error(`there is no ${name}`);
  methods[name] = async function (...values) {
    check(...values);
    return original.apply(this, values);
  };
  return () => {
    methods[name] = original;
  };
}
