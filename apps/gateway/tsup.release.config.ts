import { defineConfig } from "tsup";
import { released } from "../../tsup.shared.ts";

export default defineConfig(released);
