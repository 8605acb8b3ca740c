/** The text as PostgreSQL can keep it: without NUL, and without halves of surrogate pairs. */
export function storableText(text: string): string {
  return Buffer.from(text.replaceAll("\0", "\ufffd")).toString();
}
