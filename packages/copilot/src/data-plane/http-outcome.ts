import type { ByteStream } from "@copilot-llm/model";

/** An answer whose body waits to be started or aborted, or the reason why there is none. */
export type HttpOutcome =
  | {
      readonly answered: true;
      readonly status: number;
      /** Lower-case names; repeated ones joined by `, `. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: ByteStream;
    }
  | { readonly answered: false; readonly reason: "unreachable" | "timeout"; readonly cause: Error };
