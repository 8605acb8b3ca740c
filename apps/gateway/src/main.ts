#!/usr/bin/env node
import { enableCompileCache } from "./enable-compile-cache.js";

// The composition root: the only place of the gateway that knows the environment. Before anything else is loaded, so that what is compiled now need not be compiled at the next start.
enableCompileCache(process.env);
const { runProgram } = await import("./commands/run-program.js");
await runProgram(process.env, import.meta.dirname);
