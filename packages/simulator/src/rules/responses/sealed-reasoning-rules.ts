import { stringOf } from "../../json-value.js";
import type { Quirks } from "../../quirks.js";
import { inputItems } from "../../wires/responses/read-request.js";
import type { Finding } from "../finding.js";
import type { RuleError } from "../rule-error.js";
import type { RuleInput, RuleRow } from "../rule-row.js";
import { locateParts } from "./input-items.js";

type SealedReasoningRefusal = Quirks["sealedReasoningRefusal"];

/** The words in which sealed reasoning of another account is refused, with where each was seen. */
const variants: Readonly<Record<SealedReasoningRefusal, { readonly source: string; readonly error: RuleError }>> = {
  bad_request: {
    source: "caozhiyuan/copilot-api#363",
    error: sealedError("bad_request", "Reason: Encrypted content could not be decrypted or parsed."),
  },
  invalid_request_error: {
    source: "openclaw#71333",
    error: sealedError("invalid_request_error", "Reason: Encrypted content could not be decrypted or parsed."),
  },
  invalid_request_body: {
    source: "caozhiyuan/copilot-api#309",
    error: sealedError("invalid_request_body", "Reason: Encrypted content could not be decrypted or parsed."),
  },
  invalid_encrypted_content: {
    source: "codex#8119",
    error: {
      ...sealedError("invalid_encrypted_content"),
      fields: { type: "invalid_request_error" },
    },
  },
  text: {
    source: "openclaw#124465",
    error: {
      status: 400,
      shape: "text",
      message:
        "The encrypted content {blob} could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
    },
  },
};

/** Sealed reasoning and sealed outputs on `/responses`: good only for the account that they were made for. */
export const responsesSealedReasoningRules: readonly RuleRow[] = [
  ...Object.entries(variants).map(
    ([name, { source, error }]): RuleRow => ({
      id: `foreign-encrypted-content-${name.replaceAll("_", "-")}`,
      refuses: `\`encrypted_content\` of another account, when the quirk \`sealedReasoningRefusal\` is \`${name}\``,
      source,
      check: (input) => (input.quirks.sealedReasoningRefusal === name ? findForeignItem(input) : undefined),
      error,
    }),
  ),
  {
    id: "foreign-encrypted-output",
    refuses: "an `encrypted_content` part of a tool's output or an agent's message that was not made for the account",
    source: "caozhiyuan/copilot-api#339, #376",
    check: (input) => {
      const parts = locateParts(input.body).filter(({ part }) => part.type === "encrypted_content");
      return findForeign(
        parts.map(({ part }) => stringOf(part.encrypted_content)),
        input,
      );
    },
    error: {
      status: 400,
      shape: "service",
      message: "Encrypted function output content could not be decrypted or decoded.",
    },
  },
];

function sealedError(code: string, reason?: string): RuleError {
  const message = "The encrypted content {blob} could not be verified.";
  return { status: 400, shape: "service", message: reason === undefined ? message : `${message} ${reason}`, code };
}

function findForeignItem(input: RuleInput): Finding | undefined {
  const blobs = inputItems(input.body).flatMap(({ encrypted_content: blob }) =>
    typeof blob === "string" ? [blob] : [],
  );
  return findForeign(blobs, input);
}

/** The first blob that this account was not given, shortened as the service shortens it. */
function findForeign(blobs: readonly string[], { ids, origin }: RuleInput): Finding | undefined {
  const foreign = blobs.find((blob) => ids.originOf(blob)?.account !== origin.account);
  return foreign === undefined ? undefined : { blob: `${foreign.slice(0, 4)}...${foreign.slice(-4)}` };
}
