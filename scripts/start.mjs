// npm start: installs, builds and starts the gateway against GitHub. Settings come from the environment or from .env.
import { programs, runInForeground } from "./servers.mjs";
import { installAndBuild, repositoryRoot, runFrontDoor } from "./toolchain.mjs";

await runFrontDoor(async () => {
  await installAndBuild();
  await runInForeground(programs.gateway, { cwd: repositoryRoot });
});
