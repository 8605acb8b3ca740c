/** Neither database's texts hold a NUL, or halves of surrogate pairs. */
const unstorable = /[\0\p{Surrogate}]/gu;

export function isStorable(text: string): boolean {
  return text.search(unstorable) === -1;
}

/** The text as a database can keep it. */
export function storableText(text: string): string {
  return isStorable(text) ? text : text.replace(unstorable, "\ufffd");
}
