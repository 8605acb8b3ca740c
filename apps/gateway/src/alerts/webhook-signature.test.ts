import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { parseWebhookSecret } from "../env/parse-webhook-secret.js";
import { signatureHeaders } from "./webhook-signature.js";

test("signs as the example of the specification's libraries", () => {
  const key = parseWebhookSecret(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  if (key === null) throw new Error("the key is none");
  expect(signatureHeaders(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_999, '{"test": 2432232314}')).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test.each([
  "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  "whsec_",
  `whsec_${"A".repeat(31)}`,
  `whsec_${Buffer.alloc(23).toString("base64")}`,
  `whsec_${Buffer.alloc(65).toString("base64")}`,
  "whsec_not base64 at all, but long enough!",
])("%s is no secret", (text) => {
  expect(parseWebhookSecret(new Secret(text))).toBeNull();
});
