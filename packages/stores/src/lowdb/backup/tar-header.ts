const blockBytes = 512;

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

/** A plain file of mode 0600, in the form (ustar) that every tar program reads. */
export function encodeTarHeader({ name, bytes }: TarEntry): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0, 100, "utf8");
  header.write("0000600\0", 100, "latin1");
  header.write("0000000\0", 108, "latin1");
  header.write("0000000\0", 116, "latin1");
  writeSize(header, bytes);
  header.write("00000000000\0", 136, "latin1");
  header.write("        ", 148, "latin1");
  header.write("0", 156, "latin1");
  header.write("ustar\u000000", 257, "latin1");
  header.write(`${checksum(header).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

/** Null for the empty block at the end. Throws when the block is no header of a plain file. */
export function decodeTarHeader(header: Buffer): TarEntry | null {
  if (header.every((byte) => byte === 0)) return null;
  const stored = Number.parseInt(header.toString("latin1", 148, 156), 8);
  const blanked = Buffer.from(header);
  blanked.write("        ", 148, "latin1");
  if (stored !== checksum(blanked)) throw new Error("not a tar archive, or a damaged one");
  const name = header.toString("utf8", 0, 100).replace(/\0.*$/s, "");
  if (header.toString("latin1", 156, 157) !== "0") throw new Error(`${name} is not a plain file`);
  return { name, bytes: readSize(header) };
}

const sizeOffset = 124;
const sizeDigits = 11;
/** Says that the size stands in the last bytes of its field as a binary number, as GNU tar has it. */
const binarySize = 0x80;

/** Eleven digits of octal end at 8 GiB. */
function writeSize(header: Buffer, bytes: number): void {
  const digits = bytes.toString(8);
  if (digits.length <= sizeDigits) {
    header.write(`${digits.padStart(sizeDigits, "0")}\0`, sizeOffset, "latin1");
    return;
  }
  header.writeUInt8(binarySize, sizeOffset);
  header.writeBigUInt64BE(BigInt(bytes), sizeOffset + 4);
}

function readSize(header: Buffer): number {
  if (header.readUInt8(sizeOffset) === binarySize) return Number(header.readBigUInt64BE(sizeOffset + 4));
  return Number.parseInt(header.toString("latin1", sizeOffset, sizeOffset + 12), 8);
}

/** What fills the last block of a file. */
export function tarPadding(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes;
}

export const tarBlockBytes = blockBytes;

export const tarEnd: Uint8Array = new Uint8Array(2 * blockBytes);

function checksum(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0);
}
