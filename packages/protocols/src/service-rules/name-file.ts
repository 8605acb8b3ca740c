/** How files of a type are called; of all others the type's own word is the ending. */
const endings: Readonly<Record<string, string>> = {
  "text/plain": "txt",
  "text/markdown": "md",
  "text/javascript": "js",
  "application/javascript": "js",
  "application/msword": "doc",
  "application/octet-stream": "bin",
  "application/vnd.ms-excel": "xls",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
};

/** A name for a file that came without one, by the type in its data URL. */
export function nameFile(dataUrl: string): string {
  const type = /^data:([^;,]+)/i.exec(dataUrl.slice(0, 256))?.[1]?.toLowerCase() ?? "application/octet-stream";
  const word = type.split("/")[1] ?? "";
  return `file.${endings[type] ?? (/^[a-z0-9]{1,8}$/.test(word) ? word : "bin")}`;
}
