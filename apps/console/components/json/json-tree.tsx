import JsonView, { type JsonViewProps } from "@uiw/react-json-view";
import { type CSSProperties, useState } from "react";
import type { JsonTreeProps } from "./json-tree-props";

/** The viewer's own colours fail on contrast; these are the console's. */
const style = {
  "--w-rjv-background-color": "transparent",
  "--w-rjv-font-family": "var(--font-mono)",
  "--w-rjv-color": "var(--foreground)",
  "--w-rjv-key-string": "var(--foreground)",
  "--w-rjv-key-number": "var(--foreground-soft)",
  "--w-rjv-line-color": "var(--line)",
  "--w-rjv-arrow-color": "var(--foreground-soft)",
  "--w-rjv-info-color": "var(--foreground-soft)",
  "--w-rjv-curlybraces-color": "var(--foreground-soft)",
  "--w-rjv-colon-color": "var(--foreground-soft)",
  "--w-rjv-brackets-color": "var(--foreground-soft)",
  "--w-rjv-ellipsis-color": "var(--foreground-soft)",
  "--w-rjv-quotes-color": "var(--foreground-soft)",
  "--w-rjv-quotes-string-color": "var(--code-string)",
  "--w-rjv-type-string-color": "var(--code-string)",
  "--w-rjv-type-int-color": "var(--code-number)",
  "--w-rjv-type-float-color": "var(--code-number)",
  "--w-rjv-type-boolean-color": "var(--code-keyword)",
  "--w-rjv-type-null-color": "var(--code-keyword)",
  fontSize: "0.75rem",
  lineHeight: 1.6,
} as CSSProperties;

/** The viewer's own way cuts texts of nested values at 30 characters and writes NULL, which is no JSON. */
const components: NonNullable<JsonViewProps<object>["components"]> = {
  value: ({ value, className, style }) => {
    if (typeof value === "string")
      return <TextValue text={JSON.stringify(value)} className={className} style={style} />;
    return (
      <span className={className} style={{ color: style?.color }}>
        {String(value)}
      </span>
    );
  },
};

const shownCharacters = 600;

interface TextValueProps {
  text: string;
  className: string | undefined;
  style: CSSProperties | undefined;
}

/** A text; a long one is cut until it is pressed. */
function TextValue({ text, className, style }: TextValueProps) {
  const [isWhole, setIsWhole] = useState(text.length <= shownCharacters);
  return (
    <span className={className} style={style}>
      {isWhole ? text : text.slice(0, shownCharacters)}
      {!isWhole && (
        <button type="button" onClick={() => setIsWhole(true)} className="px-1 text-accent">
          …
        </button>
      )}
    </span>
  );
}

/** A value as a tree; deep and long parts are folded at first. */
export function JsonTree({ value }: JsonTreeProps) {
  return (
    <JsonView
      value={value}
      style={style}
      collapsed={3}
      displayDataTypes={false}
      displayObjectSize={false}
      enableClipboard={false}
      components={components}
    />
  );
}
