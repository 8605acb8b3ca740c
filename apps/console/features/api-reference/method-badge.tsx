import { classNames } from "#lib/class-names";

const tones: Readonly<Record<string, string>> = {
  get: "text-info",
  post: "text-ok",
  put: "text-warn",
  patch: "text-warn",
  delete: "text-danger",
};

/** A route's method: its colour is decoration, the word says it. */
export function MethodBadge({ method, className }: { method: string; className?: string }) {
  const short = method === "delete" ? "DEL" : method.toUpperCase();
  return (
    <span className={classNames("shrink-0 font-mono text-tick font-semibold", tones[method], className)}>{short}</span>
  );
}
