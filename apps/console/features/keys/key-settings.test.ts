import { keyBudgets, keyLimits } from "@copilot-llm/quota/key-limits";
import { describe, expect, it } from "vitest";
import { messagesByLocale } from "../../testing/all-messages";
import { createKey } from "../../testing/fixtures";
import { applyPreset, checkKeyForm, createKeyFormValues, encodeKeyForm } from "./key-settings";

const nowMs = Date.parse("2026-11-22T12:00:00Z");
const empty = createKeyFormValues();

describe("checkKeyForm", () => {
  it("asks for an alias and nothing else", () => {
    expect(checkKeyForm(empty, nowMs)).toEqual({ alias: "required" });
    expect(checkKeyForm({ ...empty, alias: "CI" }, nowMs)).toEqual({});
  });

  it("takes fractions for premium requests and credits only", () => {
    const limits = {
      ...empty.limits,
      max_premium_requests: "0.5",
      max_credits: "1.25",
      max_requests: "1.5",
      rpm: "2.5",
    };
    expect(checkKeyForm({ ...empty, alias: "CI", limits }, nowMs)).toEqual({
      max_requests: "notWhole",
      rpm: "notWhole",
    });
  });

  it.each(["0", "-1", "abc", "Infinity"])("refuses the limit %j", (tpm) => {
    const values = { ...empty, alias: "CI", limits: { ...empty.limits, tpm } };
    expect(checkKeyForm(values, nowMs)).toEqual({ tpm: "notPositive" });
  });

  it("refuses an expiry that has passed", () => {
    expect(checkKeyForm({ ...empty, alias: "CI", expiresAt: "2020-01-01T00:00" }, nowMs)).toEqual({
      expiresAt: "past",
    });
  });
});

it("takes limits with thousands separators", () => {
  const limits = { ...empty.limits, max_requests: "10,000", tpm: "1 000 000" };
  expect(encodeKeyForm({ ...empty, alias: "CI", limits })).toMatchObject({ max_requests: 10_000, tpm: 1_000_000 });
});

describe.each(keyLimits)("the limit $name", ({ name, isWhole }) => {
  const typed = (text: string) => ({ ...empty, alias: "CI", limits: { ...empty.limits, [name]: text } });

  it("is checked, sent and shown again", () => {
    expect(checkKeyForm(typed("1.5"), nowMs)).toEqual(isWhole ? { [name]: "notWhole" } : {});
    expect(checkKeyForm(typed("0"), nowMs)).toEqual({ [name]: "notPositive" });
    expect(encodeKeyForm(typed("7"))[name]).toBe(7);
    expect(createKeyFormValues(createKey({ [name]: 7 })).limits).toEqual(typed("7").limits);
  });

  it.each(Object.entries(messagesByLocale))("has its words in %s", (_, { keys: { form, usage } }) => {
    expect(form.limits).toHaveProperty(name, expect.stringMatching(/\S/));
    expect(form.summary.limits).toHaveProperty(name, expect.stringMatching(/\S/));
    const isBudget = keyBudgets.some((budget) => budget.name === name);
    for (const words of isBudget ? [usage.names, usage.usedOf] : [usage.rates]) {
      expect(words).toHaveProperty(name, expect.stringMatching(/\S/));
    }
  });
});

describe("applyPreset", () => {
  it("replaces the limits and keeps the rest", () => {
    const values = { ...empty, alias: "Ada", limits: { ...empty.limits, tpm: "5" } };
    expect(encodeKeyForm(applyPreset(values, "person", undefined))).toMatchObject({
      alias: "Ada",
      max_premium_requests: 200,
      limit_period: "month",
      rpm: 60,
      tpm: null,
    });
  });

  it("takes the settings' defaults", () => {
    const defaults = createKey({ max_credits: 5, allowed_models: ["gpt-5-mini"], recording: "metadata" });
    expect(encodeKeyForm(applyPreset(empty, "defaults", defaults))).toMatchObject({
      max_credits: 5,
      allowed_models: ["gpt-5-mini"],
      recording: "metadata",
    });
  });
});

describe("encodeKeyForm", () => {
  it("spells out what is unlimited as null, so that an edit can take limits away", () => {
    expect(encodeKeyForm({ ...empty, alias: " CI " })).toEqual({
      alias: "CI",
      allowed_models: null,
      github_token_ids: null,
      max_requests: null,
      max_premium_requests: null,
      max_credits: null,
      limit_period: "lifetime",
      rpm: null,
      tpm: null,
      max_concurrency: null,
      expires_at: null,
      note: "",
      team_id: null,
      recording: null,
    });
  });

  it("gives back the settings of a key that was not changed", () => {
    const key = createKey({
      allowed_models: ["gpt-5-mini"],
      github_token_ids: ["token-1"],
      max_requests: 100,
      max_credits: 2.5,
      limit_period: "month",
      rpm: 60,
      expires_at: "2027-01-02T03:04:00.000Z",
      recording: "metadata",
    });
    const settings = encodeKeyForm(createKeyFormValues(key));
    expect(key).toMatchObject(settings);
  });
});
