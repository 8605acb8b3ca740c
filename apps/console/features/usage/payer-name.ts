/** Who pays, with the alias of the one token that draws on it: tokens are known by that. */
export function payerName(name: string, tokens: readonly { alias: string }[]): string {
  const [token, ...others] = tokens;
  if (token === undefined || others.length > 0) return name;
  const { alias } = token;
  return alias.toLowerCase() === name.toLowerCase() ? alias : `${name} (${alias})`;
}
