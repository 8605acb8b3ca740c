/** A start-up setting that cannot be used. The message is one line for the operator. */
export class SettingError extends Error {
  override readonly name = "SettingError";

  /** `shown` is left out for secrets. */
  constructor(variable: string, shown: string | null, allowed: string) {
    const value = shown === null ? "" : `=${JSON.stringify(shown)}`;
    super(`${variable}${value} is not allowed: ${allowed}`);
  }
}
