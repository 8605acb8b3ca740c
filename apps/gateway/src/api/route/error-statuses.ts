import type { ErrorCode } from "@copilot-llm/model";
import { errorStatuses as protocolStatuses } from "@copilot-llm/protocols";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** The status of our own routes' errors: there GitHub's refusals are not the caller's. The data routes' are the protocols'. */
export const errorStatuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  ...protocolStatuses,
  upstream_rejected: 502,
  upstream_rate_limited: 502,
  client_closed: 400,
};
