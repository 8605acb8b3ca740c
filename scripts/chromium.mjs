// The browser for the console's tests: the system's Chromium, installed by apt where that is possible.
import { existsSync } from "node:fs";
import { runCommand, SetupError } from "./toolchain.mjs";

const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
];

/** Resolves with the path of a Chromium; `CHROMIUM_PATH` decides when it is set. Throws a SetupError when there is none. */
export async function ensureChromium() {
  const configured = process.env.CHROMIUM_PATH;
  if (configured !== undefined && configured !== "") {
    if (existsSync(configured)) return configured;
    throw new SetupError(`CHROMIUM_PATH=${configured} does not exist.`);
  }
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium for the browser tests …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runCommand("apt-get", ["update", "-qq"], { env });
    await runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new SetupError("The browser tests need Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.");
}

function findChromium() {
  return usualPaths.find((candidate) => existsSync(candidate));
}
