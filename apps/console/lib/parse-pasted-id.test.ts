import { describe, expect, it } from "vitest";
import { parsePastedId } from "./parse-pasted-id";

describe("parsePastedId", () => {
  it("leads from a request's id to the request", () => {
    expect(parsePastedId(" req_01JD0XABCDEFGHJKMNPQRSTVWX ")).toEqual({
      kind: "request",
      path: "/sessions/?tab=requests&request=req_01JD0XABCDEFGHJKMNPQRSTVWX",
    });
  });

  it("leads from a session's id to the session", () => {
    const id = "key_01KB6M3T7Z8W2Q4R:f3a9bc:01JD0XABCDEFGHJKMNPQRSTVWX";
    expect(parsePastedId(id)).toEqual({ kind: "session", path: `/sessions/?id=${encodeURIComponent(id)}` });
  });

  it("never puts more of a pasted key into an address than its preview", () => {
    const found = parsePastedId("clp_0123456789abcdefghijABCDEFGHIJ0123456789");
    expect(found).toEqual({ kind: "key", path: "/keys/?q=clp_01234567" });
  });

  it.each(["", "gpt-5-mini", "https://example.com/a:b", "Ada: the key", "some_identifier_of_code:value"])(
    "takes %j for a search",
    (text) => {
      expect(parsePastedId(text)).toBeNull();
    },
  );
});
