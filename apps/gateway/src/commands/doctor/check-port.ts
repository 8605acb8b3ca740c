import { createServer } from "node:net";
import { fetchAnswer } from "../fetch-answer.js";
import { type Finding, ok, problem, warning } from "./finding.js";

export interface PortCheck {
  readonly finding: Finding;
  /** Whether it listens there already. */
  readonly hasGateway: boolean;
}

/** Whether the gateway can listen there, or does already. */
export async function checkPort(host: string, port: number): Promise<PortCheck> {
  const refusal = await tryListening(host, port);
  const hasGateway = refusal === "EADDRINUSE" && (await isGateway(host, port));
  return { hasGateway, finding: describePort(host, port, refusal, hasGateway) };
}

function describePort(host: string, port: number, refusal: string | null, hasGateway: boolean): Finding {
  const where = `${host}:${port}`;
  if (hasGateway) return ok("port", `A gateway runs at ${where}.`);
  if (refusal === null) {
    const isWide = host === "0.0.0.0" || host === "::";
    if (!isWide) return ok("port", `${where} is free.`);
    const mend = "Put a reverse proxy with TLS in front, and name it in TRUST_PROXY.";
    return warning("port", `${where} is free, and open to every network of this machine.`, mend);
  }
  if (refusal === "EADDRINUSE") {
    return problem("port", `Something else listens at ${where}.`, "Stop it, or choose another PORT.");
  }
  if (refusal === "EACCES") {
    return problem("port", `This user may not listen at ${where}.`, "Choose a PORT above 1023, with a proxy in front.");
  }
  return problem("port", `Listening at ${where} fails (${refusal}).`, "Set HOST to an address of this machine.");
}

/** Null when it works. */
function tryListening(host: string, port: number): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

async function isGateway(host: string, port: number): Promise<boolean> {
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}/ready`;
  const response = await fetchAnswer(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  return typeof answer === "object" && answer !== null && "ready" in answer;
}
