import { describe, expect, it } from "vitest";
import { runProgram, UsageError } from "./run-program.js";

describe("the program", () => {
  const run = async (args: string[], environment: Record<string, string> = {}) => {
    const lines: string[] = [];
    const simulator = await runProgram({ arguments: args, environment, print: (line) => lines.push(line) });
    return { simulator, lines };
  };

  it("prints one line with its address and the demo tokens, and takes new tokens", async () => {
    const { simulator, lines } = await run(["--chunk-delay", "0"], { SIMULATOR_PORT: "0" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(simulator.url);
    const statusOf = async (token: string) =>
      (await fetch(`${simulator.url}/user`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await statusOf("gho_demo_alice_business")).toBe(200);
    expect(await statusOf("gho_anything_else")).toBe(200);
    await simulator.close();
  });

  it("takes known tokens only when told to", async () => {
    const { simulator } = await run(["--port", "0", "--known-tokens-only"]);
    const headers = { authorization: "Bearer gho_anything_else" };
    expect((await fetch(`${simulator.url}/user`, { headers })).status).toBe(401);
    await simulator.close();
  });

  it.each([[["--port", "abc"]], [["--chunk-delay", "-1"]], [["--nonsense"]]])(
    "refuses %j with a clear line",
    async (args) => {
      await expect(run(args)).rejects.toThrow(UsageError);
    },
  );

  it("says when its port is taken", async () => {
    const { simulator } = await run(["--port", "0"]);
    await expect(run(["--port", String(simulator.port)])).rejects.toThrow(/EADDRINUSE/);
    await simulator.close();
  });
});
