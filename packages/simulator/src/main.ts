#!/usr/bin/env node
import { runProgram } from "./run-program.js";

try {
  const simulator = await runProgram({
    arguments: process.argv.slice(2),
    environment: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void simulator.close());
} catch (error) {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
