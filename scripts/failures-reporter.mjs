// A reporter for Vitest that keeps how a run went, where `VITEST_OUTCOME_FILE` says, as `{passed, failures}`: every failure with its
// file, title and message. Vitest's own JSON knows neither what a hook threw nor what was thrown outside any test.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

// Vitest takes a reporter of its own file by no other name.
// biome-ignore lint/style/noDefaultExport: as above
export default class FailuresReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const outcome = {
      passed: modules.flatMap((module) => [...module.children.allTests("passed")]).length,
      failures: [
        ...modules.flatMap(failuresOfModule),
        ...unhandledErrors.map((error) => ({ title: "(outside any test)", message: textOf(error) })),
      ],
    };
    const file = process.env.VITEST_OUTCOME_FILE;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(outcome));
  }
}

function failuresOfModule(module) {
  const file = path.relative(process.cwd(), module.moduleId);
  const failureOf = (title, errors) => ({ file, title, message: errors.map(textOf).join("\n") });
  return [
    ...(module.errors().length > 0 ? [failureOf("(the file itself)", module.errors())] : []),
    ...[...module.children.allSuites()]
      .filter((suite) => suite.errors().length > 0)
      .map((suite) => failureOf(suite.fullName, suite.errors())),
    ...[...module.children.allTests("failed")].map((test) => failureOf(test.fullName, test.result().errors)),
  ];
}

/** The message with the difference, and the first places of the stack: what one needs to know where to look. */
function textOf({ name = "Error", message, diff, stacks = [], stack }) {
  if (stacks.length === 0 && stack !== undefined) return stack;
  const places = stacks.slice(0, 3).map((place) => `  at ${path.relative(process.cwd(), place.file)}:${place.line}`);
  return [`${name}: ${message}`, ...(diff === undefined ? [] : [diff]), ...places].join("\n");
}
