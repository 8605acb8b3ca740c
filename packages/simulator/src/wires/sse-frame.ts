/** An SSE frame that names its event, as `/responses` and `/v1/messages` send it. `type` leads the data. */
export function eventFrame(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

/** An SSE frame with data only, as `/chat/completions` sends it. */
export function dataFrame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export const doneFrame = "data: [DONE]\n\n";
