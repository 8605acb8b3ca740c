/** Tells the parent process where this one listens. */
export function reportListening(url: string): void {
  process.send?.({ url });
}

/** Answers every message of the parent with one of its own, and ends with the parent. */
export function answerParent<Question>(answer: (question: Question) => Promise<object>): void {
  process.on("message", (question) => {
    answer(question as Question).then(
      (reply) => process.send?.(reply),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  endWithParent();
}

/** In a way that `exit` listeners hear of, as they do not of a signal's default. */
export function endWithParent(): void {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
}
