/** What one check found. */
export interface Finding {
  /** Which check; stable, for scripts. */
  readonly check: string;
  /** `skipped`: could not be looked at, and the message says why. */
  readonly status: "ok" | "warning" | "problem" | "skipped";
  readonly message: string;
  /** How to mend it; null where nothing is to be done. */
  readonly mend: string | null;
}

export function ok(check: string, message: string): Finding {
  return { check, status: "ok", message, mend: null };
}

export function warning(check: string, message: string, mend: string): Finding {
  return { check, status: "warning", message, mend };
}

export function problem(check: string, message: string, mend: string): Finding {
  return { check, status: "problem", message, mend };
}

export function skipped(check: string, message: string): Finding {
  return { check, status: "skipped", message, mend: null };
}
