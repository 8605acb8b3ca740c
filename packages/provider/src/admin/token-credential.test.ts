import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { type GithubToken, Secret } from "@copilot-llm/model";
import { describe, expect, it, test } from "vitest";
import { credentialOf } from "../accounts/credential-of.js";
import { changeCredential, encodeCredential, type NewCredential, previewOf } from "./token-credential.js";

const rsaKey = (type: "pkcs1" | "pkcs8") =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type, format: "pem" },
  }).privateKey;
const [pkcs1, pkcs8] = [rsaKey("pkcs1"), rsaKey("pkcs8")];

function tokenWith(credential: NewCredential): GithubToken {
  const secret = encodeCredential(credential);
  const { kind } = credential;
  const account = { login: null, plan: null, billingEntity: null };
  return { id: "tok_a", alias: "a", kind, secret, enabled: true, createdAtMs: 0, ...account };
}

const installationWith = (privateKey: string): NewCredential => ({
  kind: "app_installation",
  installation: { appId: "42", installationId: "7", privateKey: new Secret(privateKey) },
});
const pasted = (value: string): NewCredential => ({ kind: "user", token: new Secret(value) });

describe("a pasted token", () => {
  it.each(["gho_a1", "ghu_a1", "ghp_a1", "github_pat_11A_b2"])("may be %s", (value) => {
    const credential = credentialOf(tokenWith(pasted(value)));
    expect(credential.kind === "user" && credential.token.reveal()).toBe(value);
  });

  it.each([
    ["ghs_installation", /lives one hour.*GitHub App/],
    ["sk-ant-api03", /no GitHub token/],
    ["gho_with space", /no GitHub token/],
    ["", /no GitHub token/],
  ])("may not be %s", (value, message) => {
    expect(() => encodeCredential(pasted(value))).toThrow(
      expect.objectContaining({ code: "invalid_request", param: "token", message: expect.stringMatching(message) }),
    );
  });

  it("is shown by its first 10 and last 4 characters", () => {
    expect(previewOf(tokenWith(pasted("github_pat_0123456789abcdef")))).toBe("github_pat…cdef");
  });
});

describe("a GitHub App installation", () => {
  it.each([
    ["as GitHub gives it out", pkcs1, pkcs1],
    ["as PKCS #8", pkcs8, pkcs8],
    ["with written-out line ends", pkcs1.replaceAll("\n", "\\n"), pkcs1],
  ])("takes the App's key %s", (_name, given, kept) => {
    const credential = credentialOf(tokenWith(installationWith(given)));
    expect(credential).toMatchObject({ kind: "app_installation", appId: "42", installationId: "7" });
    expect(credential.kind === "app_installation" && credential.privateKey.reveal()).toBe(kept.trim());
  });

  it.each(["no key", generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString()])(
    "takes nothing but an RSA key",
    (value) => {
      expect(() => encodeCredential(installationWith(value))).toThrow(
        expect.objectContaining({ code: "invalid_request", param: "private_key" }),
      );
    },
  );

  it("is shown by what it is, and its key by no conversion", () => {
    const token = tokenWith(installationWith(pkcs1));
    expect(previewOf(token)).toBe("app 42, installation 7");
    const shown = inspect([token, credentialOf(token)], { depth: 9 }) + JSON.stringify(credentialOf(token));
    expect(shown).not.toContain(pkcs1.split("\n")[3]);
  });
});

test("a token changes its secret, never what it is", () => {
  const user = tokenWith(pasted("gho_a1"));
  const installation = tokenWith(installationWith(pkcs1));
  expect(changeCredential(user, {})).toBeNull();
  expect(changeCredential(user, { token: new Secret("gho_b2") })?.reveal()).toBe("gho_b2");
  const renewed = changeCredential(installation, { privateKey: new Secret(pkcs8) });
  expect(credentialOf({ ...installation, secret: renewed })).toMatchObject({ appId: "42", installationId: "7" });
  const unfitting = expect.objectContaining({ code: "invalid_request" });
  expect(() => changeCredential(user, { privateKey: new Secret(pkcs1) })).toThrow(unfitting);
  expect(() => changeCredential(installation, { token: new Secret("gho_b2") })).toThrow(unfitting);
});

test("a damaged secret is an error of ours that does not quote it", () => {
  for (const damaged of ["{", "null", '{"appId":1}', "secret text"]) {
    const token = { ...tokenWith(installationWith(pkcs1)), secret: new Secret(damaged) };
    expect(() => credentialOf(token)).toThrow(
      expect.objectContaining({ code: "internal", message: expect.not.stringContaining(damaged) }),
    );
  }
  expect(() => credentialOf({ ...tokenWith(pasted("gho_a1")), secret: null })).toThrow(/no secret/);
});
