import { ApiError } from "./api-error";

/** Asks for something that may not be there, or not be known to an older gateway; null then. */
export async function orMissing<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
