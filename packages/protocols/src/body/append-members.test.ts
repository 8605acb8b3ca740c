import { expect, it } from "vitest";
import { addedMembers, appendMembers } from "./append-members.js";

it("tells what was only added", () => {
  const before = { model: "m", messages: [] };
  expect(addedMembers(before, before)).toEqual({});
  expect(addedMembers(before, { ...before, stream_options: { include_usage: true } })).toEqual({
    stream_options: { include_usage: true },
  });
  expect(addedMembers(before, { model: "m" })).toBeNull();
  expect(addedMembers(before, { ...before, model: "n", user: "u" })).toBeNull();
});

it("writes it behind what the bytes hold", () => {
  const bytes = Buffer.from(' {"model": "m", "at": 12345678901234567890, "text": "}" }\n');
  expect(appendMembers(bytes, {})).toBe(bytes);
  const appended = Buffer.from(appendMembers(bytes, { user: "u", seed: 1 })).toString();
  expect(appended).toBe(' {"model": "m", "at": 12345678901234567890, "text": "}" ,"user":"u","seed":1}');
  expect(JSON.parse(appended)).toMatchObject({ model: "m", text: "}", user: "u", seed: 1 });
});
