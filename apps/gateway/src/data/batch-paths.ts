/** OpenAI's files; one is at `/{id}`, its bytes at `/{id}/content` below. */
export const filePaths: readonly string[] = ["/openai/v1/files", "/v1/files"];

/** OpenAI's batches; one is at `/{id}` below. */
export const openaiBatchPaths: readonly string[] = ["/openai/v1/batches", "/v1/batches"];

/** Anthropic's message batches; one is at `/{id}` below. */
export const messageBatchPaths: readonly string[] = ["/anthropic/v1/messages/batches", "/v1/messages/batches"];
