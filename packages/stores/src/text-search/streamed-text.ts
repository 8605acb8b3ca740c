/** The fields in which the streams of all protocols tell a piece of text, reasoning or arguments. */
const piece =
  /"(?:content|text|delta|partial_json|thinking|arguments|refusal|reasoning_content|reasoning_text)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"/g;

/** What the pieces of a recorded event stream say one after the other; empty for any other body, or a broken one. */
export function streamedText(body: string): string {
  if (!/^(?:data|event|id|retry)?:/.test(body)) return "";
  try {
    let pieces = "";
    for (const [, text = ""] of body.matchAll(piece)) pieces += text;
    return JSON.parse(`"${pieces}"`) as string;
  } catch {
    return "";
  }
}
