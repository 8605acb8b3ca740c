// GitHub Copilot through its official SDK: accounts, catalogue, quota, and requests with their streamed answers.
// The one package that knows the SDK. No pooling, no retries on other accounts, no knowledge of any protocol's body.
export { createUpstream, type UpstreamOptions, type UpstreamTimeouts } from "./create-upstream.js";
export { classifyFailure } from "./failure/classify-failure.js";
export { parseQuotaHeaders } from "./quota/parse-quota-headers.js";
export { readAll } from "./read-all.js";
export {
  type AccountCredential,
  type AccountProfile,
  type DeviceCode,
  type DeviceFlow,
  type DevicePoll,
  type Upstream,
  type UpstreamAccount,
  type UpstreamAnswer,
  type UpstreamPath,
  type UpstreamRefusal,
  type UpstreamRequest,
  type UpstreamResult,
  type UpstreamSuccess,
  upstreamPaths,
} from "./upstream.js";
