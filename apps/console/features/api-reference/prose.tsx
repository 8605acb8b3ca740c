import { classNames } from "#lib/class-names";

/** The gateway's own words, in English, with `code` between backticks. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <p lang="en" className={classNames("whitespace-pre-line text-foreground-soft", className)}>
      {text.split("`").map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
          <code key={index} className="rounded bg-muted px-1 font-mono text-[0.92em] text-foreground">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </p>
  );
}
