import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runCommand } from "../testing/run-command.ts";
import { chatBody, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { describeWithPostgres } from "./describe-with-postgres.ts";
import { expectSame } from "./expect-same.ts";

describeWithPostgres("a data directory", (server) => {
  it("moves into PostgreSQL by a command, and its users, keys, tokens and records are there", async () => {
    const directory = temporaryDirectory();
    const dataDir = path.join(directory, "data");
    const serving = await startServing({ accounts: ["alice", "bob"], dataDir });
    onTestFinished(() => serving.stop());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => serving.send("/openai/v1/chat/completions", chatBody(`${index}`))),
    );
    await Promise.all(answers.map((answer) => answer.text()));
    await serving.gateway.stop();

    const env = {
      DATABASE_URL: (await server().createDatabase()).reveal(),
      ENCRYPTION_KEY: "a passphrase of the database",
    };
    const run = () => runCommand(["import", dataDir], { cwd: directory, env });
    expect(await run()).toEqual({
      exitCode: 0,
      stdout: `${dataDir} is imported (tokens: 2, keys: 1, users: 1, records: 20, batches: 0).\n`,
      stderr: "",
    });
    expect(await run()).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(/^[^\n]+\n$/) });
    const requestIds = answers.map((answer) => answer.headers.get("x-request-id") ?? "");
    await expectSame(serving, { env }, requestIds);
  });
});
