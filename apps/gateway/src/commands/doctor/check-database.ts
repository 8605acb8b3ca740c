import { connect } from "node:net";
import type { Secret } from "@copilot-llm/model";
import { type Finding, ok, problem } from "./finding.js";

const patienceMs = 5_000;
const usualPort = 5432;
/** "Do you speak TLS?", which every PostgreSQL answers with one letter, before anybody has signed in. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Whether PostgreSQL listens where `DATABASE_URL` says. Signing in is left to the start, which says in one line what fails. */
export async function checkDatabase(databaseUrl: Secret): Promise<Finding> {
  const url = new URL(databaseUrl.reveal());
  const host = url.searchParams.get("host") ?? url.hostname;
  const port = Number(url.port || usualPort);
  const where = host.startsWith("/") ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`;
  const answer = await ask(host.startsWith("/") ? { path: where } : { host, port });
  if (answer === "S") return ok("database", `PostgreSQL answers at ${where}, with TLS.`);
  if (answer === "N") return ok("database", `PostgreSQL answers at ${where}, without TLS.`);
  const mend = "Start it, or correct DATABASE_URL; a firewall may be between.";
  return problem("database", `PostgreSQL does not answer at ${where} (${answer}).`, mend);
}

function ask(where: { readonly path: string } | { readonly host: string; readonly port: number }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(where, () => socket.write(sslRequest));
    const finish = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patienceMs, () => finish("no answer"));
    socket.once("data", (data) => finish(data.toString("latin1", 0, 1)));
    socket.once("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.once("close", () => finish("closed"));
  });
}
