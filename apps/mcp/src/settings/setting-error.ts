/** A setting that cannot be used. The message is one line for whoever configures the server. */
export class SettingError extends Error {
  override readonly name = "SettingError";

  constructor(variable: string, value: string, allowed: string) {
    super(`${variable}=${JSON.stringify(value)} is not allowed: ${allowed}`);
  }
}
