import type { AnswerIds } from "../exchange/answer-context.js";

/** Ids that count up, and a fixed time. */
export function answerIds(): AnswerIds {
  let count = 0;
  return {
    requestId: "req-1",
    nowSeconds: 1_700_000_000,
    createId: (prefix) => {
      count += 1;
      return `${prefix}${count}`;
    },
  };
}
