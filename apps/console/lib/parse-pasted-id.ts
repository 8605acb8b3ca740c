/** Where something that was pasted leads at once: a request's id, a session's, a key in clear or its preview. */
export function parsePastedId(text: string): { kind: "request" | "session" | "key"; path: string } | null {
  const pasted = text.trim();
  if (/^req_[0-9A-HJKMNP-TV-Z]{26}$/u.test(pasted)) {
    return { kind: "request", path: `/sessions/?tab=requests&request=${pasted}` };
  }
  // Only the public start of a key goes into an address, whatever was pasted.
  if (/^clp_[0-9A-Za-z]{8,40}$/u.test(pasted)) return { kind: "key", path: `/keys/?q=${pasted.slice(0, 12)}` };
  if (/^\w+_[0-9A-HJKMNP-TV-Z]{10,26}(:[\w.+/=-]+){1,2}$/u.test(pasted)) {
    return { kind: "session", path: `/sessions/?id=${encodeURIComponent(pasted)}` };
  }
  return null;
}
