import { describe, expect, it } from "vitest";
import { checkDependencies, checkImports } from "./import-rules.ts";
import { developmentPackages, layers } from "./layers.ts";
import { parseSourceFile } from "./source-file.ts";
import { readWorkspace } from "./workspace.ts";

const workspace = readWorkspace();

describe("layers", () => {
  it("knows every package of the workspace", () => {
    const known = [...layers.flat(), ...developmentPackages];
    expect(workspace.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual([]);
    expect(workspace.map(({ manifest }) => manifest.name)).toEqual(workspace.map(({ id }) => `@copilot-llm/${id}`));
  });

  it("lets a package declare only lower layers", () => {
    expect(workspace.flatMap(({ id, manifest }) => checkDependencies(id, manifest))).toEqual([]);
  });

  it("lets a file import only its own package, lower layers and what its package declares", () => {
    const imports = workspace.flatMap(({ sources }) => sources.flatMap((file) => file.imports));
    expect(imports.some(({ specifier }) => specifier === "@copilot-llm/model")).toBe(true);
    expect(workspace.flatMap((owner) => owner.sources.flatMap((file) => checkImports(owner, file)))).toEqual([]);
  });
});

describe("the layer rules", () => {
  const pool = {
    id: "pool",
    folder: "packages/pool",
    manifest: { name: "@copilot-llm/pool", dependencies: { "@copilot-llm/model": "*", "@copilot-llm/stores": "*" } },
  };
  const check = (code: string, path = "packages/pool/src/lease.ts") => checkImports(pool, parseSourceFile(path, code));

  it("see an import of the same layer in every form", () => {
    const problem = "packages/pool/src/lease.ts imports @copilot-llm/stores of layer 1 from layer 1";
    expect(check(`import { a } from "@copilot-llm/stores";`)).toEqual([problem]);
    expect(check(`import type { A } from "@copilot-llm/stores/lowdb";`)).toEqual([problem]);
    expect(check(`export { a } from "@copilot-llm/stores";`)).toEqual([problem]);
    expect(check(`const a = await import("@copilot-llm/stores");`)).toEqual([problem]);
    expect(check(`let a: import("@copilot-llm/stores").A;`)).toEqual([problem]);
    expect(check(`import { a } from "@copilot-llm/model";`)).toEqual([]);
  });

  it("see an undeclared dependency, a test's tool in shipped code and a path out of the package", () => {
    expect(check(`import pino from "pino";`)).toHaveLength(1);
    expect(check(`import { a } from "@copilot-llm/simulator";`)).toHaveLength(1);
    expect(check(`import { a } from "@copilot-llm/simulator";`, "packages/pool/src/lease.test.ts")).toEqual([]);
    expect(check(`import { a } from "../../model/src/clock.js";`)).toHaveLength(1);
    expect(check(`import { a } from "./testing/manual-clock.js";`)).toHaveLength(1);
    expect(check(`import { a } from "./clock.js"; import path from "node:path";`)).toEqual([]);
  });

  it("see what one store backend takes from another, or anything shared from a backend", () => {
    const stores = {
      id: "stores",
      folder: "packages/stores",
      manifest: { name: "@copilot-llm/stores", dependencies: { "@copilot-llm/model": "*" } },
    };
    const checkStores = (path: string, code: string) =>
      checkImports(stores, parseSourceFile(`packages/stores/src/${path}`, code));
    const takes = (specifier: string) => `import { a } from "${specifier}";`;
    expect(checkStores("postgres/ledger/append.ts", takes("../../lowdb/log.js"))).toEqual([
      "packages/stores/src/postgres/ledger/append.ts imports from lowdb, which keeps to itself: ../../lowdb/log.js",
    ]);
    expect(checkStores("lowdb/open.test.ts", takes("../postgres/open.js"))).toHaveLength(1);
    expect(checkStores("budget/key-budget.ts", takes("../sqlite/open.js"))).toHaveLength(1);
    expect(checkStores("index.ts", takes("./lowdb/index.js"))).toHaveLength(1);
    expect(checkStores("import/import-ledger.ts", takes("../lowdb/log.js"))).toEqual([]);
    expect(checkStores("lowdb/ledger/ledger.ts", takes("../log.js"))).toEqual([]);
    expect(checkStores("postgres/ledger/append.ts", takes("../../budget/key-budget.js"))).toEqual([]);
  });

  it("let the demo, and nothing else that is shipped, import the simulator", () => {
    const gateway = { id: "gateway", folder: "apps/gateway", manifest: { name: "@copilot-llm/gateway" } };
    const code = `import { startSimulator } from "@copilot-llm/simulator";`;
    const at = (path: string) => checkImports(gateway, parseSourceFile(path, code));
    expect(at("apps/gateway/src/commands/demo/run-demo.ts")).toEqual([]);
    expect(at("apps/gateway/src/commands/start.ts")).toHaveLength(1);
  });

  it("see a declared dependency that crosses a layer or belongs to one package alone", () => {
    const declare = (id: string, dependencies: Record<string, string>) =>
      checkDependencies(id, { name: id, dependencies });
    expect(declare("pool", { "@copilot-llm/provider": "workspace:*" })).toHaveLength(1);
    expect(declare("simulator", { "@copilot-llm/model": "workspace:*" })).toHaveLength(1);
    expect(declare("gateway", { "@copilot-llm/simulator": "workspace:*" })).toHaveLength(1);
    expect(declare("provider", { "@github/copilot-sdk": "catalog:" })).toHaveLength(1);
    expect(declare("copilot", { "@github/copilot-sdk": "catalog:", "@copilot-llm/model": "workspace:*" })).toEqual([]);
  });
});
