// npm run simulator: installs, builds and starts the stand-in for the GitHub and Copilot APIs alone.
import { programs, runInForeground } from "./servers.mjs";
import { installAndBuild, repositoryRoot, runFrontDoor } from "./toolchain.mjs";

await runFrontDoor(async () => {
  await installAndBuild();
  await runInForeground(programs.simulator, { cwd: repositoryRoot });
});
