/** The layers, lowest first: a package imports only from lower ones. A package that is not listed here fails the tests. */
export const layers: readonly (readonly string[])[] = [
  ["model"],
  ["protocols", "pool", "quota", "stores", "copilot", "connect"],
  ["provider"],
  ["mcp-tools"],
  ["gateway", "console", "mcp"],
];

/** Tools of development. They share no code with the product, and only tests and the demo use them. */
export const developmentPackages: readonly string[] = ["simulator"];

/** Shipped files that may import such a tool: the demo is played by the simulator, which is bundled into the command line. */
export const developmentImports: Readonly<Record<string, readonly string[]>> = {
  "apps/gateway/src/commands/demo/run-demo.ts": ["simulator"],
  "apps/gateway/src/commands/demo/fill-console.ts": ["simulator"],
  "apps/gateway/src/commands/demo/month/plan-month.ts": ["simulator"],
  "apps/gateway/src/commands/demo/month/play-month.ts": ["simulator"],
};

/** Imports of types across a layer: the console is typed by the gateway's admin API. */
export const typeOnlyImports: Readonly<Record<string, readonly string[]>> = { console: ["gateway"] };

/** Dependencies that one package keeps to itself. */
export const soleImporterOf: Readonly<Record<string, string>> = { "@github/copilot-sdk": "copilot" };

/**
 * Folders of a package that are several ways to do one thing. Nobody imports from one of them but itself and `knownTo`,
 * so that nothing lies in one that another needs, and each can be taken out.
 */
export const alternatives: readonly Alternatives[] = [
  { within: "packages/stores/src", folders: ["lowdb", "postgres"], knownTo: ["import"] },
  { within: "packages/stores/src", folders: ["sqlite"], knownTo: ["import", "lowdb"] },
];

export interface Alternatives {
  readonly within: string;
  readonly folders: readonly string[];
  readonly knownTo: readonly string[];
}

/** Sources whose root still holds both what its subfolders stand on and what stands on them, in order. Nothing is ever added here. */
export const sourcesWithoutOrder: readonly string[] = [
  "packages/connect/src",
  "packages/copilot/src",
  "packages/mcp-tools/src",
  "packages/simulator/src",
];

/** Where settings enter: the composition roots and the build's configuration. */
export const environmentReaders: readonly RegExp[] = [
  /^apps\/[^/]+\/src\/(env|main)\.ts$/,
  /^packages\/simulator\/src\/main\.ts$/,
  /\.config\.ts$/,
];

/** What frameworks and tools load by its default export. */
export const defaultExporters: readonly RegExp[] = [/\.config\.(ts|mjs)$/, /^apps\/console\/app\//];

/** Folders of which some subfolders or files still import each other in a circle, in order. Nothing is ever added here. */
export const foldersWithCircles: readonly string[] = ["packages/simulator/src"];
