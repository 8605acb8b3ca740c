import type { ChatProtocol, FilePart } from "#lib/chat/conversation";

interface ReadFiles {
  parts: readonly FilePart[];
  /** The first file that cannot go along, and why. */
  refused: { name: string; reason: "tooLarge" | "kind" | "pdf" } | null;
}

const imageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const maxBytes = 10 * 1024 * 1024;

/** Reads what was pasted, dropped or chosen. PDFs go through Responses and Messages only. */
export async function readFiles(files: readonly File[], protocol: ChatProtocol): Promise<ReadFiles> {
  const parts: FilePart[] = [];
  let refused: ReadFiles["refused"] = null;
  for (const file of files) {
    const isPdf = file.type === "application/pdf";
    const reason =
      file.size > maxBytes
        ? "tooLarge"
        : isPdf && protocol === "chat"
          ? "pdf"
          : isPdf || imageTypes.includes(file.type)
            ? null
            : "kind";
    if (reason !== null) {
      refused ??= { name: file.name, reason };
      continue;
    }
    const dataUrl = await readDataUrl(file);
    parts.push({ kind: isPdf ? "document" : "image", name: file.name, mediaType: file.type, dataUrl });
  }
  return { parts, refused };
}

function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("The file cannot be read."));
    reader.readAsDataURL(file);
  });
}
