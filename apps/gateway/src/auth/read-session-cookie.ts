import { Secret } from "@copilot-llm/model";
import type { RequestHead } from "../http/request-head.js";

export const sessionCookieName = "copilot_llm_session";

/** Our tokens are made of letters, digits and `_`, so that nothing of a value is encoded. */
const cookiePattern = new RegExp(`(?:^|;)\\s*${sessionCookieName}\\s*=\\s*"?([^;"\\s]+)"?\\s*(?:;|$)`);

/** The console's session token, or null. Apart from what sets the cookie: requests to models need no more than this. */
export function sessionCookie(head: RequestHead): Secret | null {
  const value = cookiePattern.exec(head.header("cookie") ?? "")?.[1];
  return value === undefined ? null : new Secret(value);
}
