/** What users may be called and what their passwords may be, whether the API or the environment gives them. */
export const accountRules = {
  maxUsernameLength: 64,
  usernamePattern: /^[\w.@-]+$/,
  usernameCharacters: "letters, digits and . _ @ - only",
  minPasswordLength: 8,
  maxPasswordLength: 256,
} as const;
