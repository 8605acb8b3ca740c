import { expect, it } from "vitest";
import { createTeam } from "../../testing/fixtures";
import { checkTeamForm, createTeamForm, encodeTeamForm } from "./team-form";

it("asks for a name, and for limits that can be met", () => {
  const empty = createTeamForm();
  expect(checkTeamForm(empty)).toEqual({ name: "required" });
  const limits = { ...empty.limits, max_requests: "1.5", rpm: "0" };
  expect(checkTeamForm({ ...empty, name: "Red", limits })).toEqual({ max_requests: "notWhole", rpm: "notPositive" });
});

it("sends what is typed, and takes away what is emptied", () => {
  const form = createTeamForm(createTeam({ name: "Red", max_credits: 1_000, limit_period: "day" }));
  expect(encodeTeamForm({ ...form, name: " Red " })).toMatchObject({
    name: "Red",
    max_credits: 1_000,
    max_requests: null,
    limit_period: "day",
  });
  expect(encodeTeamForm({ ...form, limits: { ...form.limits, max_credits: "" } })).toMatchObject({ max_credits: null });
});
