import { minPasswordCharacters } from "#lib/min-password-characters";

export type PasswordStrength = "empty" | "short" | "fair" | "good";

const goodCharacters = 14;

/** How a password does by its length, which is what counts most. */
export function checkPasswordStrength(password: string): PasswordStrength {
  if (password === "") return "empty";
  if (password.length < minPasswordCharacters) return "short";
  return password.length < goodCharacters ? "fair" : "good";
}
