const maxCharacters = 512;

/** What is wrong with a client's own id for an item of a batch; null where nothing is. */
export function problemOfCustomId(customId: unknown): string | null {
  if (typeof customId !== "string" || customId === "" || customId.length > maxCharacters) {
    return `\`custom_id\` must be a text of 1 to ${maxCharacters} characters.`;
  }
  return /[\p{Cc}\p{Surrogate}]/u.test(customId) ? "`custom_id` must not hold control characters." : null;
}
