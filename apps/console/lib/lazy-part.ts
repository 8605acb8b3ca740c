import {
  type ComponentType,
  createElement,
  type FunctionComponent,
  type LazyExoticComponent,
  lazy,
  useContext,
  useEffect,
  useState,
} from "react";
import { LoadFailureContext } from "./load-failure-context";

/** A component whose code is fetched when it is first shown, or earlier when `preload` is called. */
export type LazyPart<Props> = FunctionComponent<Props> & { preload: () => void };

interface LazyPartOptions<Props> {
  /** For what lies over the page: how it is put away. A load that failed then says so over the page too. */
  close?: (props: Props) => void;
  /** For what can do without its code: what is shown when that did not come, in place of saying so. */
  standIn?: ComponentType<Props>;
}

interface PartSource<Props> extends LazyPartOptions<Props> {
  load: () => Promise<ComponentType<Props>>;
  readAttempt: () => Attempt<Props>;
  renewAttempt: () => Attempt<Props>;
}

interface AttemptProps<Props> {
  source: PartSource<Props>;
  props: Props;
  /** The code is there by now: it is to be shown. */
  onLoaded: () => void;
}

type Attempt<Props> = LazyExoticComponent<ComponentType<AttemptProps<Props>>>;

/**
 * Keeps code out of the first page. `preload` is for the moment in which it is likely to be needed soon: the pointer
 * or the focus comes near. A load that fails says so in the part's place, with a way to try again; the page stays. It
 * is tried again too when the part is shown the next time.
 */
export function createLazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  options: LazyPartOptions<Props> = {},
): LazyPart<Props> {
  let attempt = createAttempt(load);
  const source: PartSource<Props> = {
    ...options,
    load,
    readAttempt: () => attempt,
    renewAttempt: () => {
      attempt = createAttempt(load);
      return attempt;
    },
  };
  const part = (props: Props) => createElement(AttemptedPart<Props>, { source, props });
  return Object.assign(part, { preload: () => void load().catch(() => undefined) });
}

/** React keeps what became of a lazy component for good, so every attempt is one of its own. */
function createAttempt<Props extends object>(load: PartSource<Props>["load"]): Attempt<Props> {
  return lazy<ComponentType<AttemptProps<Props>>>(async () => {
    try {
      const loaded = await load();
      return { default: ({ props }) => createElement(loaded, props) };
    } catch {
      return { default: FailedPart<Props> };
    }
  });
}

function AttemptedPart<Props extends object>({ source, props }: Omit<AttemptProps<Props>, "onLoaded">) {
  const [attempt, setAttempt] = useState<Attempt<Props>>(source.readAttempt);
  return createElement<AttemptProps<Props>>(attempt, {
    source,
    props,
    onLoaded: () => setAttempt(source.renewAttempt),
  });
}

function FailedPart<Props extends object>({ source, props, onLoaded }: AttemptProps<Props>) {
  const { load, close, standIn, renewAttempt } = source;
  const Failure = useContext(LoadFailureContext);
  const [isRetrying, setIsRetrying] = useState(false);
  // Whoever shows the part after this one tries anew.
  useEffect(() => () => void renewAttempt(), [renewAttempt]);
  const retry = async () => {
    setIsRetrying(true);
    try {
      await load();
      onLoaded();
    } catch {
      setIsRetrying(false);
    }
  };
  if (standIn !== undefined) return createElement(standIn, props);
  if (Failure === null) return null;
  return createElement(Failure, {
    isRetrying,
    onRetry: () => void retry(),
    onClose: close === undefined ? null : () => close(props),
  });
}
