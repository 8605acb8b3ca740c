import { ApiError } from "./api-error";

/** Asks for something that an older gateway does not have; null then, and its part of the page is left out. */
export async function orMissing<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
