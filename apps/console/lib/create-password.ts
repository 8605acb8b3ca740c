/** No letters and digits that are taken for one another. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 5;

/** A password that is strong and can be read out: 20 characters in groups, 100 bits. `fillRandom` fills bytes. */
export function createPassword(fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(groups * groupLength);
  fillRandom(bytes);
  const characters = Array.from(bytes, (byte) => alphabet[byte % alphabet.length] ?? "");
  return Array.from({ length: groups }, (_, index) =>
    characters.slice(index * groupLength, (index + 1) * groupLength).join(""),
  ).join("-");
}
