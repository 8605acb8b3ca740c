// A provider over GitHub Copilot itself, ready to serve. A subpath, because it brings GitHub's SDK with it.
// Every export here is public API.
export { type OpenedProvider, type OpenProviderOptions, openProvider } from "./open-provider.js";
