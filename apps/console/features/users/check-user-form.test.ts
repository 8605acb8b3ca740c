import { expect, it } from "vitest";
import { checkUserForm, type UserFormValues } from "./check-user-form";

const values: UserFormValues = { username: "bob", role: "viewer", password: "long enough" };

it("lets a name and a password of eight characters pass", () => {
  expect(checkUserForm(values, true)).toEqual({});
  expect(checkUserForm({ ...values, username: " bob.b@example-1.com " }, true)).toEqual({});
});

it("names what the gateway would refuse", () => {
  expect(checkUserForm({ ...values, username: " ", password: "short" }, true)).toEqual({
    username: "required",
    password: "short",
  });
  expect(checkUserForm({ ...values, username: "bob b" }, true)).toEqual({ username: "characters" });
});

it("asks for a password only where there is none yet", () => {
  expect(checkUserForm({ ...values, password: "" }, true)).toEqual({ password: "short" });
  expect(checkUserForm({ ...values, password: "" }, false)).toEqual({});
});
