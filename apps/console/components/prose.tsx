import { classNames } from "#lib/class-names";

interface ProseProps {
  text: string;
  /** `en`: the gateway's own words, which are English whatever the reader's language. */
  language?: "en";
  className?: string;
}

/** A sentence or two with `code` between backticks. A line end is a space, as in Markdown; an empty line stands. */
export function Prose({ text, language, className }: ProseProps) {
  return (
    <p
      {...(language === undefined ? {} : { lang: language })}
      className={classNames("whitespace-pre-line text-foreground-soft", className)}
    >
      {text
        .replace(/(?<!\n)\n(?!\n)/gu, " ")
        .split("`")
        .map((part, index) =>
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
