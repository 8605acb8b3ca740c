import { minPasswordCharacters } from "#lib/min-password-characters";

export interface UserFormValues {
  username: string;
  role: "admin" | "viewer";
  password: string;
}

export type UserFormProblems = Partial<Record<"username" | "password", "required" | "characters" | "short">>;

/** What must be mended before the form is sent; `needsPassword` where there is none yet. */
export function checkUserForm({ username, password }: UserFormValues, needsPassword: boolean): UserFormProblems {
  const problems: UserFormProblems = {};
  if (username.trim() === "") problems.username = "required";
  else if (!/^[\w.@-]+$/u.test(username.trim())) problems.username = "characters";
  if (password === "" ? needsPassword : password.length < minPasswordCharacters) problems.password = "short";
  return problems;
}
