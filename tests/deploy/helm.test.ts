import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type KubernetesObject, listTemplates, readChartFile, renderChart, renderer } from "./render-chart.ts";

const values = parse(readChartFile("values.yaml"));
const isValid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readChartFile("values.schema.json")),
);

describe("the chart", () => {
  it("has the version of the gateway that it starts", () => {
    const manifest = readFileSync(path.resolve(import.meta.dirname, "../../apps/gateway/package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    expect(parse(readChartFile("Chart.yaml"))).toMatchObject({ version, appVersion: version });
  });
});

describe("the chart's values", () => {
  it("keep its own schema, which refuses what is misspelt", () => {
    isValid(values);
    expect(isValid.errors).toBe(null);
    for (const wrong of [
      { ...values, replicas: 0 },
      { ...values, settings: { logLevel: "info" } },
      { ...values, publicUrl: "llm.example.com" },
      { ...values, image: {} },
    ]) {
      expect(isValid(wrong)).toBe(false);
    }
  });

  it("are those that the templates read", () => {
    const read = listTemplates()
      .flatMap((file) => [...readChartFile(`templates/${file}`).matchAll(/\.Values\.([\w.]+)/g)])
      .map(([, name = ""]) => name);
    expect(read.length).toBeGreaterThan(20);
    const missing = read.filter(
      (name) =>
        name.split(".").reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], values) ===
        undefined,
    );
    expect(missing).toEqual([]);
  });
});

const title = "the chart";
describe.skipIf(renderer === null)(
  renderer === null ? `${title} (skipped: needs Helm, or Go with sprig)` : title,
  () => {
    const find = (objects: readonly KubernetesObject[], kind: string) =>
      objects.filter((object) => object.kind === kind);

    it("makes one hardened gateway with a volume of its own", () => {
      const objects = renderChart({ settings: { LOG_LEVEL: "warn", RECORDING_RETENTION_DAYS: 30 } });
      expect(objects.map(({ kind }) => kind).sort()).toEqual(["Service", "Service", "ServiceAccount", "StatefulSet"]);
      const [statefulSet] = find(objects, "StatefulSet");
      const { template, volumeClaimTemplates, replicas, serviceName } = statefulSet?.spec ?? {};
      expect([replicas, serviceName]).toEqual([1, "release-copilot-llm-pods"]);
      expect(template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      const [gateway] = template.spec.containers;
      expect(gateway.image).toMatch(/^copilot-llm:\d+\.\d+\.\d+$/);
      expect(gateway.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      const env = Object.fromEntries(
        gateway.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
      );
      expect(env).toEqual({
        HOST: "0.0.0.0",
        PORT: "8000",
        DATA_DIR: "/data/gateway",
        LOG_LEVEL: "warn",
        RECORDING_RETENTION_DAYS: "30",
      });
      expect(volumeClaimTemplates[0].spec).toEqual({
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "10Gi" } },
      });
    });

    it("keeps secrets in a Secret, its own or one that is named, and starts anew when they change", () => {
      const own = renderChart({ secrets: { GITHUB_TOKENS: "a=gho_1" } });
      expect(find(own, "Secret")[0]?.stringData).toEqual({ GITHUB_TOKENS: "a=gho_1" });
      const sumOf = (objects: readonly KubernetesObject[]) =>
        find(objects, "StatefulSet")[0]?.spec.template.metadata.annotations["checksum/settings"];
      expect(sumOf(own)).not.toBe(sumOf(renderChart({ secrets: { GITHUB_TOKENS: "a=gho_2" } })));
      const named = renderChart({ secrets: { X: "1" }, existingSecret: "mine" });
      expect(find(named, "Secret")).toEqual([]);
      const [container] = find(named, "StatefulSet")[0]?.spec.template.spec.containers ?? [];
      expect(container.envFrom).toEqual([{ secretRef: { name: "mine", optional: true } }]);
    });

    it("makes several gateways only with a database", () => {
      expect(() => renderChart({ replicas: 2 })).toThrow("More than one gateway needs a database");
      const objects = renderChart({ replicas: 2, database: true });
      expect(find(objects, "StatefulSet")[0]?.spec.replicas).toBe(2);
      expect(find(objects, "PodDisruptionBudget")[0]?.spec.maxUnavailable).toBe(1);
    });

    it("tells the gateway the ingress's address, and the ingress how to treat streams", () => {
      const ingress = { enabled: true, host: "llm.internal", className: "nginx", tlsSecret: "cert" };
      const objects = renderChart({ ingress });
      const [made] = find(objects, "Ingress");
      expect(made?.spec).toMatchObject({
        ingressClassName: "nginx",
        tls: [{ hosts: ["llm.internal"], secretName: "cert" }],
        rules: [{ host: "llm.internal" }],
      });
      expect(made?.metadata.annotations).toMatchObject({ "nginx.ingress.kubernetes.io/proxy-buffering": "off" });
      const [container] = find(objects, "StatefulSet")[0]?.spec.template.spec.containers ?? [];
      expect(container.env).toContainEqual({ name: "PUBLIC_URL", value: "https://llm.internal" });
      expect(made?.spec.rules[0].http.paths[0].backend.service.name).toBe(find(objects, "Service")[0]?.metadata.name);
    });
  },
);
