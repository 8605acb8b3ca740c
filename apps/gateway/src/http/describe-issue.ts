/** What zod tells of an input that does not fit, as far as words are made of it. */
export interface InputIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly exact?: unknown;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly errors?: readonly (readonly InputIssue[])[];
  readonly issues?: readonly InputIssue[];
}

/** What a schema says in words of its own completes "`field` …". */
const ownWords = "must ";

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/** What is wrong with a field, so that it follows the field's name; `isMissing`: it was left out. */
export function describeIssue(issue: InputIssue, isMissing: boolean): string {
  const demand = describeDemand(issue);
  if (!isMissing) return demand;
  // What may be given is said where it is a choice: the next attempt then fits.
  return issue.values === undefined && issue.options === undefined ? "is missing" : `is missing: it ${demand}`;
}

function describeDemand(issue: InputIssue): string {
  if (issue.message.startsWith(ownWords)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${nounOf(issue.expected)}`;
    case "invalid_value":
      return choiceOf(issue.values ?? []);
    case "too_small":
      return sizeOf(issue, issue.minimum, "least", "above");
    case "too_big":
      return sizeOf(issue, issue.maximum, "most", "below");
    case "invalid_union":
      return issue.options === undefined ? describeUnion(issue.errors ?? []) : choiceOf(issue.options);
    case "invalid_key":
      return `has a name that ${describeFirst(issue.issues ?? [])}`;
    default:
      return "is not valid";
  }
}

function nounOf(expected: unknown): string {
  return nouns[String(expected)] ?? String(expected);
}

function choiceOf(values: readonly unknown[]): string {
  const told = values.map((value) => (typeof value === "string" ? `\`${value}\`` : String(value)));
  return told.length === 1 ? `must be ${told[0]}` : `must be one of ${told.join(", ")}`;
}

function sizeOf({ origin, inclusive }: InputIssue, bound: unknown, atBound: string, beyond: string): string {
  if (origin === "string") {
    return bound === 1 && atBound === "least"
      ? "must not be empty"
      : `must have at ${atBound} ${counted(bound, "character", "characters")}`;
  }
  if (origin === "array") return `must have at ${atBound} ${counted(bound, "entry", "entries")}`;
  return inclusive === false ? `must be ${beyond} ${bound}` : `must be at ${atBound} ${bound}`;
}

function counted(bound: unknown, one: string, many: string): string {
  return `${bound} ${bound === 1 ? one : many}`;
}

function describeUnion(errors: readonly (readonly InputIssue[])[]): string {
  const demands = [...new Set(errors.map(describeFirst))];
  const [first = "is not valid", ...others] = demands;
  return [first, ...others.map((demand) => demand.replace(/^must be /, ""))].join(" or ");
}

function describeFirst(issues: readonly InputIssue[]): string {
  const [first] = issues;
  return first === undefined ? "is not valid" : describeDemand(first);
}
