/** Who pays, with the alias of the one token that draws on it: tokens are known by that. */
export function payerName(name: string, aliases: readonly string[]): string {
  const [alias, ...others] = aliases;
  if (alias === undefined || others.length > 0) return name;
  return alias.toLowerCase() === name.toLowerCase() ? alias : `${name} (${alias})`;
}
