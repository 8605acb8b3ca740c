export type CsvValue = string | number | boolean | null;

/** One line of a table (RFC 4180). Text that a spreadsheet would run as a formula is defused. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(encodeField).join(",")}\r\n`;
}

function encodeField(value: CsvValue): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
