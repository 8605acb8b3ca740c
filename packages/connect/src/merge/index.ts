// Changes of settings files that keep what is not ours: other entries, comments, layout.
export { type MergedFile, mergeSettings } from "./merge-settings.js";
