import { describe, expect, it } from "vitest";
import { parsePastedId } from "./palette-items";

describe("parsePastedId", () => {
  it("leads from a request's id to the request", () => {
    expect(parsePastedId(" req_01JD0XABCDEFGHJKMNPQRSTVWX ")).toEqual({
      kind: "request",
      path: "/sessions/?tab=requests&request=req_01JD0XABCDEFGHJKMNPQRSTVWX",
    });
  });

  it("never puts more of a pasted key into an address than its preview", () => {
    const found = parsePastedId("clp_0123456789abcdefghijABCDEFGHIJ0123456789");
    expect(found).toEqual({ kind: "key", path: "/keys/?q=clp_01234567" });
  });

  it.each(["", "gpt-5-mini", "https://example.com/a:b", "Ada: the key"])("takes %j for a search", (text) => {
    expect(parsePastedId(text)).toBeNull();
  });
});
