// Starts an SDK runtime in the directory named by the first argument, says so and waits to be killed.
import { CopilotClient, RuntimeConnection } from "@github/copilot-sdk";

const [, , directory = ""] = process.argv;
const client = new CopilotClient({
  mode: "empty",
  baseDirectory: directory,
  workingDirectory: directory,
  useLoggedInUser: false,
  connection: RuntimeConnection.forStdio({ env: { HOME: directory } }),
});
await client.start();
process.stdout.write("started\n");
setInterval(() => undefined, 60_000);
