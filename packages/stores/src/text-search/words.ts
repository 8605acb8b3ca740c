/** Letters and digits side by side. */
const run = /[\p{L}\p{N}]+/gu;
/** Scripts that put no space between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

const longestWord = 64;

/** The words of a text in lower case, in order; where a script has no spaces, each two letters that follow one another. */
export function wordsOf(text: string): readonly string[] {
  return Array.from(text.toLowerCase().matchAll(run), ([word]) => word).flatMap(splitUnspaced);
}

function splitUnspaced(word: string): readonly string[] {
  const words: string[] = [];
  let end = 0;
  for (const { 0: part, index } of word.matchAll(unspaced)) {
    if (index > end) words.push(word.slice(end, index));
    words.push(...pairsOf(part));
    end = index + part.length;
  }
  if (end < word.length) words.push(word.slice(end));
  return words.map((found) => found.slice(0, longestWord));
}

function pairsOf(part: string): readonly string[] {
  const letters = [...part];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
