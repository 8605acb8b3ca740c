import type { CanonicalEvent } from "../canonical/event.js";

/** The terminal event of a stream that broke off. */
export const truncated: CanonicalEvent = {
  type: "error",
  error: { status: 502, code: "stream_truncated", message: "The upstream cut the answer short." },
};
