import { Counter, type Registry } from "prom-client";
import type { ObserveExchange } from "../../http/ended-exchange.js";

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What came to the gateway over HTTP, whoever asked: by what is registered, never by what a client wrote. */
export function createHttpMetrics(registry: Registry): ObserveExchange {
  const registers = [registry];
  const exchanges = new Counter({
    name: "copilot_llm_http_requests_total",
    help: "HTTP requests that have been answered, or were given up.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const errors = new Counter({
    name: "copilot_llm_http_errors_total",
    help: "HTTP requests that were answered with an error, by its code; those that were refused a credential among them.",
    labelNames: ["code"],
    registers,
  });
  return function observeExchange({ method, route, status, errorCode }) {
    exchanges.inc({ method: methods.has(method) ? method : "other", route: route ?? "none", status: String(status) });
    if (errorCode !== null) errors.inc({ code: errorCode });
  };
}
