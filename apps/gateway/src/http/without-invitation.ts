/** A path without the code of an invitation: whoever reads a log or a trace must not be able to join by it. */
export function withoutInvitation(path: string): string {
  return path.includes("/join/") ? path.replaceAll(/(?<=\/join\/)[^/]+/g, "…") : path;
}
