/** The layers, lowest first: a package imports only from lower ones. A package that is not listed here fails the tests. */
export const layerOf: Readonly<Record<string, number>> = {
  model: 0,
  protocols: 1,
  pool: 1,
  quota: 1,
  stores: 1,
  copilot: 1,
  provider: 2,
  gateway: 3,
  console: 3,
  mcp: 3,
};

/** Tools of development. They share no code with the product, and only tests use them. */
export const developmentPackages: readonly string[] = ["simulator"];

/** Imports of types across a layer: the console is typed by the gateway's admin API. */
export const typeOnlyImports: Readonly<Record<string, readonly string[]>> = { console: ["gateway"] };

/** Dependencies that one package keeps to itself. */
export const soleImporterOf: Readonly<Record<string, string>> = { "@github/copilot-sdk": "copilot" };

/** Where settings enter: the composition roots and the build's configuration. */
export const environmentReaders: readonly RegExp[] = [
  /^apps\/[^/]+\/src\/(env|main)\.ts$/,
  /^packages\/simulator\/src\/main\.ts$/,
  /\.config\.ts$/,
];

/** What frameworks and tools load by its default export. */
export const defaultExporters: readonly RegExp[] = [/\.config\.(ts|mjs)$/, /^apps\/console\/app\//];
