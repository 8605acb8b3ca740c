import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createTemporaryDirectory } from "./temporary-directory.js";

export interface SmallFileSystem {
  readonly path: string;
  /** Leaves not a byte. */
  fill(): void;
  /** Possible while no file is open for writing. */
  makeReadOnly(): void;
}

/** A file system of its own of the given size; null where this process may not mount one. */
export async function mountSmallFileSystem(bytes: number): Promise<SmallFileSystem | null> {
  const path = await createTemporaryDirectory();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path], { stdio: "ignore" });
  } catch {
    return null;
  }
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", path]);
  });
  return {
    path,
    fill() {
      try {
        for (;;) appendFileSync(join(path, "ballast"), Buffer.alloc(4096));
      } catch {
        // It is full.
      }
    },
    makeReadOnly: () => execFileSync("mount", ["-o", "remount,ro", path]),
  };
}
