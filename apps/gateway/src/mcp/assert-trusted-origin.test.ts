import { describe, expect, it } from "vitest";
import { CidrList } from "../env/cidr-list.js";
import { assertTrustedOrigin, type OriginRules, type RequestOrigin } from "./assert-trusted-origin.js";

const rules: OriginRules = {
  corsOrigins: ["http://localhost:6274"],
  publicUrl: "https://llm.example.com",
  trustProxy: new CidrList(["127.0.0.9/32"]),
};
const local: RequestOrigin = {
  host: "127.0.0.1:8000",
  origin: undefined,
  localAddress: "127.0.0.1",
  remoteAddress: "127.0.0.1",
};
const check = (request: Partial<RequestOrigin>, changed: Partial<OriginRules> = {}) =>
  assertTrustedOrigin({ ...local, ...request }, { ...rules, ...changed });

describe("the origin check", () => {
  it.each<[string, Partial<RequestOrigin>]>([
    ["a program on this machine", {}],
    ["a program that says localhost", { host: "localhost:8000" }],
    ["a program on IPv6", { host: "[::1]:8000", localAddress: "::1" }],
    ["a program that uses PUBLIC_URL", { host: "llm.example.com" }],
    ["a trusted proxy, whatever name it was called by", { host: "other.example.com", remoteAddress: "127.0.0.9" }],
    ["a program on the network, whatever name it uses", { host: "gateway.lan:8000", localAddress: "192.168.1.5" }],
    ["a page of an allowed origin", { origin: "http://localhost:6274" }],
    ["a page of our own", { origin: "http://127.0.0.1:8000" }],
    ["a page of our own at PUBLIC_URL", { host: "llm.example.com", origin: "https://llm.example.com" }],
  ])("lets in %s", (_who, request) => {
    expect(() => check(request)).not.toThrow();
  });

  it.each<[string, Partial<RequestOrigin>]>([
    ["a name that DNS rebinding pointed at us", { host: "evil.example:8000" }],
    ["the same over a mapped address", { host: "evil.example:8000", localAddress: "::ffff:127.0.0.1" }],
    ["no name at all", { host: undefined }],
    ["a page of another site", { origin: "http://evil.example" }],
    ["a page of another port on this machine", { origin: "http://127.0.0.1:9000" }],
    ["a page without an origin", { origin: "null" }],
    [
      "a rebound page on the network",
      { host: "evil.example", origin: "http://evil.example", localAddress: "192.168.1.5" },
    ],
  ])("refuses %s", (_who, request) => {
    expect(() => check(request)).toThrowError(expect.objectContaining({ code: "permission_denied" }));
  });

  it("lets in any page when CORS_ORIGINS is *", () => {
    expect(() => check({ origin: "http://evil.example" }, { corsOrigins: "*" })).not.toThrow();
  });
});
