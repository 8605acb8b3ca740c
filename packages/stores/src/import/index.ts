// Moves a data directory into a database. It alone knows two backends; everything else that they share has a room of its own.
export { type ImportOptions, type ImportSummary, importDataDirectory } from "./import-data-directory.js";
