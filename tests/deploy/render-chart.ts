import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, parseAllDocuments } from "yaml";

const chart = path.resolve(import.meta.dirname, "../../deploy/helm/copilot-llm");
const goPath = "/usr/share/gocode";
const built = new Map<string, string>();

/** A Kubernetes object, as far as the tests look into it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: the tests look deep into objects of many kinds
  readonly spec?: any;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** What renders the chart here: Helm, or Go with the library that Helm takes its functions from; null where there is neither. */
export const renderer: "helm" | "go" | null =
  spawnSync("helm", ["version"]).status === 0
    ? "helm"
    : spawnSync("go", ["version"]).status === 0 && existsSync(`${goPath}/src/github.com/Masterminds/sprig`)
      ? "go"
      : null;

export function readChartFile(name: string): string {
  return readFileSync(path.join(chart, name), "utf8");
}

export function listTemplates(): readonly string[] {
  return readdirSync(path.join(chart, "templates"));
}

/** The objects that the chart makes with these values over its own. Throws with the chart's words when it refuses them. */
export function renderChart(values: Readonly<Record<string, unknown>> = {}): readonly KubernetesObject[] {
  const texts = renderer === "helm" ? renderWithHelm(values) : renderWithGo(values);
  return texts
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      return document.toJS() as KubernetesObject | null;
    })
    .filter((object) => object !== null);
}

function renderWithHelm(values: Readonly<Record<string, unknown>>): readonly string[] {
  const args = ["template", "release", chart, "--namespace", "apps", "--values", "-"];
  const { status, stdout, stderr } = spawnSync("helm", args, { input: JSON.stringify(values), encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return [stdout];
}

function renderWithGo(values: Readonly<Record<string, unknown>>): readonly string[] {
  const { name, version, appVersion } = parse(readChartFile("Chart.yaml")) as Record<string, string>;
  const files = Object.fromEntries(listTemplates().map((file) => [file, readChartFile(`templates/${file}`)]));
  const data = {
    Values: mergeValues(parse(readChartFile("values.yaml")) as Record<string, unknown>, values),
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Release: { Name: "release", Namespace: "apps", Service: "Helm" },
  };
  const input = JSON.stringify({ files, data });
  const { status, stdout, stderr } = spawnSync(buildRenderer(), { input, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const rendered = JSON.parse(stdout) as Record<string, string>;
  return Object.entries(rendered).flatMap(([file, text]) => (file.endsWith(".yaml") ? [text] : []));
}

/** Built once for each file of tests, which takes Go some seconds. */
function buildRenderer(): string {
  const known = built.get("renderer");
  if (known !== undefined) return known;
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-chart-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const program = path.join(directory, "render-chart");
  const { status, stderr } = spawnSync(
    "go",
    ["build", "-o", program, path.join(import.meta.dirname, "render-chart.go")],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, GOPATH: goPath, GO111MODULE: "off", GOCACHE: path.join(directory, "cache") },
    },
  );
  if (status !== 0) throw new Error(stderr);
  built.set("renderer", program);
  return program;
}

function mergeValues(own: Record<string, unknown>, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged = { ...own };
  for (const [name, value] of Object.entries(given)) {
    const current = merged[name];
    merged[name] = isObject(current) && isObject(value) ? mergeValues(current, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
