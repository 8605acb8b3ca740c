import { expect, test } from "vitest";
import { addressGroup, isLoopback } from "./address-group.js";

test.each([
  [null, "unknown"],
  ["10.0.0.1", "10.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002:0:0:0:2", "2001:db8:1:2::/64"],
  ["2001:db8::2", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["no address at all", "no address at all"],
])("%s counts as %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test("this machine's own addresses are known in each form", () => {
  expect(["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"].filter((address) => !isLoopback(address))).toEqual([]);
  expect([null, "10.127.0.1", "::2", "1270.0.0.1"].filter(isLoopback)).toEqual([]);
});
