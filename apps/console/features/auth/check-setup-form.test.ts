import { describe, expect, it } from "vitest";
import { checkSetupForm } from "./check-setup-form";

const complete = { setupCode: "CODE", username: "ada", password: "correct horse", confirmation: "correct horse" };

describe("checkSetupForm", () => {
  it("finds nothing in a complete form", () => {
    expect(checkSetupForm(complete)).toEqual({});
  });

  it("names each field with a problem", () => {
    expect(checkSetupForm({ setupCode: " ", username: "", password: "short", confirmation: "other" })).toEqual({
      setupCode: "required",
      username: "required",
      password: "tooShort",
      confirmation: "mismatch",
    });
  });
});
