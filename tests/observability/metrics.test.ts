import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { type Exposition, problemsOf, readExposition } from "./exposition.ts";
import { isPromtoolInstalled, runPromtool } from "./promtool.ts";

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly templating: { readonly list: readonly { readonly definition?: string }[] };
}

const root = path.resolve(import.meta.dirname, "../..");
const rulesFile = path.join(root, "deploy/prometheus/alerts.yml");
const readText = (file: string) => readFileSync(path.join(root, file), "utf8");
const rules = (parse(readText("deploy/prometheus/alerts.yml")) as RuleFile).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readText("deploy/grafana/copilot-llm.json")) as Dashboard;
const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));

const metricsToken = "scrape-me-0123456789";
let serving: Serving;
let exposition: Exposition;

beforeAll(async () => {
  serving = await startServing({
    account: { billing: "credits", entitlement: 1_000 },
    env: { METRICS_TOKEN: metricsToken, METRICS_LABELS: "key,token" },
  });
  for (const stream of [false, true]) {
    await (await serving.send("/v1/chat/completions", chatBody("hi", { stream }))).text();
  }
  await (await serving.send("/v1/chat/completions", chatBody("hi", { model: "none-such" }))).text();
  serving.simulator.faults.add({ name: "server-error", endpoint: "inference", times: 1 });
  await (await serving.send("/v1/chat/completions", chatBody("hi"))).text();
  exposition = await readExposition(serving.gateway.url, metricsToken);
});
afterAll(() => serving.stop());

describe("the metrics of a gateway that has served", () => {
  it("are those that docs/observability.md lists", () => {
    const listed = new Set(readText("docs/observability.md").match(/\bcopilot_llm_\w+/g));
    const own = [...exposition.names].filter((name) => name.startsWith("copilot_llm_"));
    expect(own.length).toBeGreaterThan(25);
    expect([...listed].sort()).toEqual(own.sort());
  });

  it("hold neither a credential nor what was said", () => {
    const { key, gateway, admin } = serving;
    for (const secret of [key.key, admin.token, metricsToken, "github_pat_", "none-such", gateway.dataDir]) {
      expect(exposition.text).not.toContain(secret);
    }
  });

  it.skipIf(!isPromtoolInstalled)("pass promtool check metrics", () => {
    expect(runPromtool(["check", "metrics"], exposition.text)).toEqual({ exitCode: 0, said: "" });
  });
});

describe("the alert rules", () => {
  it("ask for metrics and labels that exist", () => {
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.flatMap(({ alert, expr }) => problemsOf(expr, exposition).map((text) => `${alert}: ${text}`))).toEqual(
      [],
    );
  });

  it.skipIf(!isPromtoolInstalled)("pass promtool check rules, and fire when they should and only then", () => {
    expect(runPromtool(["check", "rules", rulesFile])).toMatchObject({ exitCode: 0 });
    const tests = path.join(root, "deploy/prometheus/alerts.test.yml");
    expect(runPromtool(["test", "rules", tests])).toMatchObject({ exitCode: 0 });
    const tested = new Set(readText("deploy/prometheus/alerts.test.yml").match(/(?<=alertname: )\w+/g));
    expect([...tested].sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });
});

describe("the dashboard", () => {
  it("asks for metrics and labels that exist", () => {
    const queries = dashboard.templating.list.flatMap(({ definition }) => definition ?? []);
    const asked = [...panels, ...queries.map((expr) => ({ title: "variables", expr }))];
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.flatMap(({ title, expr }) => problemsOf(expr, exposition).map((text) => `${title}: ${text}`))).toEqual(
      [],
    );
  });

  it.skipIf(!isPromtoolInstalled)("holds expressions that Prometheus understands", () => {
    const file = path.join(temporaryDirectory(), "panels.json");
    const filled = panels.map(({ expr }, index) => ({
      record: `panel:${index}`,
      expr: expr.replaceAll("$__rate_interval", "5m").replaceAll(/\$(job|instance|model)\b/g, ".*"),
    }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: "panels", rules: filled }] }));
    const { exitCode, said } = runPromtool(["check", "rules", file]);
    expect([exitCode, said]).toEqual([0, expect.stringContaining(`${panels.length} rules found`)]);
  });

  it("notices a metric and a label that do not exist", () => {
    expect(problemsOf("sum(rate(copilot_llm_nothing_total[5m]))", exposition)).toEqual([
      "no metric copilot_llm_nothing_total",
    ]);
    expect(problemsOf('copilot_llm_requests_total{modle="x",job="j"}', exposition)).toEqual([
      "copilot_llm_requests_total has no label modle",
    ]);
    expect(problemsOf('copilot_llm_request_duration_seconds_bucket{le="1"}', exposition)).toEqual([]);
  });
});
