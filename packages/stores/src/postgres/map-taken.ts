import { GatewayError } from "@copilot-llm/model";
import pg from "pg";

/** Turns the violation of a unique constraint into `conflict`, with the message given for that constraint. */
export async function mapTaken<Result>(
  messages: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message =
      error instanceof pg.DatabaseError && error.code === "23505" ? messages[error.constraint ?? ""] : undefined;
    throw message === undefined ? error : new GatewayError("conflict", message);
  }
}
