/** Comma-separated values, a line a row. */
export function encodeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(encodeField).join(",")).join("\n");
}

/** Quoted where needed; text that a spreadsheet would run as a formula is defused. */
function encodeField(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
