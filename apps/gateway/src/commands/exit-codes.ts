/** How a command ended, for scripts. The numbers are promised in docs/cli.md. */
export const exitCodes = {
  done: 0,
  /** It could not be done; one line on stderr says why. */
  failed: 1,
  /** The command line was not understood. */
  misused: 2,
  /** `doctor` found something that must be mended. */
  unwell: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
