/** A number is written as one; what people named stays text, whatever it looks like. Null is an empty field. */
type CsvValue = string | number | null;

/** A table as comma-separated values (RFC 4180), as the gateway's own exports are: each row ends its line. */
export function encodeCsv(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(encodeField).join(",")}\r\n`).join("");
}

/** Quoted where needed; text that a spreadsheet would run as a formula is defused. */
function encodeField(value: CsvValue): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r\n]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
