/** 1 AI credit (US$0.01) in the unit in which Copilot bills and we count. */
export const nanoAiuPerCredit = 1_000_000_000;
