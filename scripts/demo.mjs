// npm run demo: installs, builds and runs `copilot-llm demo`: the gateway on a simulated GitHub and Copilot.
import { programs, runInForeground } from "./servers.mjs";
import { installAndBuild, repositoryRoot, runFrontDoor } from "./toolchain.mjs";

await runFrontDoor(async () => {
  await installAndBuild();
  await runInForeground(programs.gateway, { args: ["demo"], cwd: repositoryRoot });
});
