import { minPasswordCharacters } from "#lib/min-password-characters";

export interface SetupFormValues {
  setupCode: string;
  username: string;
  password: string;
  confirmation: string;
}

type SetupFormProblem = "required" | "tooShort" | "mismatch";

/** What must be mended before the form is sent, by field; empty when nothing. */
export function checkSetupForm(values: SetupFormValues): Partial<Record<keyof SetupFormValues, SetupFormProblem>> {
  const problems: Partial<Record<keyof SetupFormValues, SetupFormProblem>> = {};
  if (values.setupCode.trim() === "") problems.setupCode = "required";
  if (values.username.trim() === "") problems.username = "required";
  if (values.password.length < minPasswordCharacters) problems.password = "tooShort";
  if (values.confirmation !== values.password) problems.confirmation = "mismatch";
  return problems;
}
