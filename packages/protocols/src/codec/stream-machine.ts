/**
 * A pure stream machine: `step` and `finish` change nothing they are given. `finish` is called once, after the last
 * input, and must leave the output with exactly one terminal event.
 */
export interface StreamMachine<State, Input, Output> {
  readonly initialState: State;
  step(state: State, input: Input): readonly [State, readonly Output[]];
  finish(state: State): readonly Output[];
}

/** A machine under way. */
export interface StreamRun<Input, Output> {
  push(input: Input): readonly Output[];
  finish(): readonly Output[];
  /** Whether the last push left another state behind than it found. */
  readonly hasChanged: boolean;
}

/** Keeps the state of one run of a machine. */
export function runMachine<State, Input, Output>(
  machine: StreamMachine<State, Input, Output>,
): StreamRun<Input, Output> {
  let state = machine.initialState;
  let hasChanged = false;
  return {
    push(input) {
      const [next, outputs] = machine.step(state, input);
      hasChanged = next !== state;
      state = next;
      return outputs;
    },
    finish: () => machine.finish(state),
    get hasChanged() {
      return hasChanged;
    },
  };
}
