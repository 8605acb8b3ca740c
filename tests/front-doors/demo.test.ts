import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { descendantsOf, isRunning } from "../testing/process-tree.ts";

const script = path.resolve(import.meta.dirname, "../../scripts/demo.mjs");

interface Demo {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly text: string;
}

/** Runs the demo until it says how to stop it. */
async function runDemo(env: Readonly<Record<string, string>>): Promise<Demo> {
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  let text = "";
  const started = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("Ctrl-C")) resolve();
      });
    }
  });
  await Promise.race([started, exited]);
  expect(text).toContain("Ctrl-C");
  return { child, exited, text };
}

// It installs and builds first.
describe("npm run demo", { timeout: 180_000 }, () => {
  it("says that it is simulated, answers, prints a key that works, and stops with everything it started", async () => {
    const demo = await runDemo({ PORT: "0", GITHUB_TOKEN: "must-not-be-used" });
    expect(demo.text).toMatch(/simulated/);
    expect(demo.text).toMatch(/^Echo: /m);
    const url = /Console\s+(http:\/\/\S+)\//.exec(demo.text)?.[1] ?? "";
    const key = /clp_\w+/.exec(demo.text)?.[0] ?? "";
    const curl = /curl -N (\S+) .*-d '(.*)'$/m.exec(demo.text);
    const response = await fetch(curl?.[1] ?? "", {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: curl?.[2] ?? "",
    });
    expect(await response.text()).toContain("[DONE]");

    const started = descendantsOf(demo.child.pid ?? 0);
    // The gateway, which plays GitHub as well, and the SDK's runtime.
    expect(started.length).toBeGreaterThanOrEqual(2);
    demo.child.kill("SIGTERM");
    expect(await demo.exited).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("leaves nothing running when it is killed", async () => {
    const demo = await runDemo({ PORT: "0" });
    const started = descendantsOf(demo.child.pid ?? 0);
    demo.child.kill("SIGKILL");
    await demo.exited;
    await expect.poll(() => started.filter(isRunning), { timeout: 15_000 }).toEqual([]);
  });
});
