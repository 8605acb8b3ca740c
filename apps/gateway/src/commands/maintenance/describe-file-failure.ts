import { GatewayError } from "@copilot-llm/model";

/** One line for the operator where the machine refused; everything else stays what it is. */
export function describeFileFailure(done: string, file: string, error: unknown): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new GatewayError("unavailable", `${file} cannot be ${done}: ${error.message}.`, { cause: error });
}
