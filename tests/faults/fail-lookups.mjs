// Preloaded into a gateway under test: from SIGUSR2 to SIGWINCH no name can be resolved.
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const { lookup } = dns;
let fails = false;
dns.lookup = (hostname, options, callback) => {
  const told = typeof options === "function" ? options : callback;
  if (!fails) return lookup(hostname, options, callback);
  const error = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${hostname}`), {
    code: "EAI_AGAIN",
    syscall: "getaddrinfo",
    hostname,
  });
  process.nextTick(told, error);
};
syncBuiltinESMExports();
process.on("SIGUSR2", () => {
  fails = true;
});
process.on("SIGWINCH", () => {
  fails = false;
});
