import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { CidrList } from "../env/cidr-list.js";
import { clientAddress, isSecure } from "./client-address.js";

const request = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

const proxies = new CidrList(["10.0.0.0/8", "::1"]);

describe("clientAddress", () => {
  test("is the peer when no proxy is trusted, whatever the headers say", () => {
    const spoofed = request("203.0.113.9", { "x-forwarded-for": "1.2.3.4" });
    expect(clientAddress(spoofed, proxies)).toBe("203.0.113.9");
  });

  test("is what a trusted proxy saw", () => {
    expect(clientAddress(request("10.0.0.1", { "x-forwarded-for": "198.51.100.7" }), proxies)).toBe("198.51.100.7");
    expect(clientAddress(request("::ffff:10.0.0.1", { "x-forwarded-for": "198.51.100.7" }), proxies)).toBe(
      "198.51.100.7",
    );
  });

  test.each([
    ["198.51.100.7:5678", "198.51.100.7"],
    ["[2001:db8::7]:80", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["2001:db8::7", "2001:db8::7"],
  ])("%s is %s: a client is one, whatever port it comes from", (forwarded, address) => {
    expect(clientAddress(request("10.0.0.1", { "x-forwarded-for": forwarded }), proxies)).toBe(address);
  });

  test.each(["unknown", "<script>", "", "_hidden", "1.2.3", "1.2.3.4:x", "1.2.3.4, unknown", "[::1"])(
    "%j is no address: the proxy that says so is the client",
    (forwarded) => {
      expect(clientAddress(request("10.0.0.1", { "x-forwarded-for": forwarded }), proxies)).toBe("10.0.0.1");
    },
  );

  test("stops at the first address that no trusted proxy vouches for", () => {
    const headers = { "x-forwarded-for": "1.2.3.4, 198.51.100.7, 10.1.1.1" };
    expect(clientAddress(request("10.0.0.1", headers), proxies)).toBe("198.51.100.7");
  });
});

describe("isSecure", () => {
  test("believes X-Forwarded-Proto from a trusted proxy only", () => {
    const headers = { "x-forwarded-proto": "https" };
    expect(isSecure(request("10.0.0.1", headers), proxies)).toBe(true);
    expect(isSecure(request("203.0.113.9", headers), proxies)).toBe(false);
  });
});
