import { modelFamilies } from "../src/rules/model-family.js";
import type { RuleError } from "../src/rules/rule-error.js";
import { type RuleFacts, ruleTables } from "./rule-tables.js";

/** The rules as Markdown, a table for each set of routes. */
export function renderRuleTables(): string {
  return ruleTables.map(({ title, rows }) => [`### ${title}`, "", ...renderTable(rows)].join("\n")).join("\n\n");
}

function renderTable(rows: readonly RuleFacts[]): string[] {
  const lines = rows.map(({ id, refuses, models, error, source }) =>
    [`\`${id}\``, refuses, models === undefined ? "all" : modelFamilies[models].label, renderError(error), source].map(
      (cell) => cell.replaceAll("|", "\\|"),
    ),
  );
  return [["rule", "refuses", "models", "answers", "known from"], ["---", "---", "---", "---", "---"], ...lines].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
}

/** Status, shape, code and message. */
function renderError({ status, shape, code, message }: RuleError): string {
  const shown = shape === "service" ? (code === "" ? "" : ` \`${code ?? "invalid_request_body"}\``) : ` (${shape})`;
  return `${status}${shown} ${message}`;
}
