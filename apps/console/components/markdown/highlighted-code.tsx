import { Fragment, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import type { CodeElement, CodeNode, CodeTree } from "./highlighter";

interface HighlightedCodeProps {
  code: string;
  /** As the fence named it; null where it did not. */
  language: string | null;
}

/** Longer code stays plain: marking it up would hold the page. */
const maxHighlighted = 40_000;

/** A block of code with its language, a button that copies it, and colours once the code for them is there. */
export function HighlightedCode({ code, language }: HighlightedCodeProps) {
  const t = useTranslations("common");
  const [tree, setTree] = useState<CodeTree | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (language !== null && code.length <= maxHighlighted) {
      void import("./highlighter").then(({ highlight }) => {
        if (isCurrent) setTree(highlight(code, language));
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [code, language]);
  return (
    <div className="my-2 min-w-0 overflow-hidden rounded-lg border bg-code">
      <div
        data-label
        className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-label text-foreground-soft"
      >
        <span className="font-mono">{language ?? ""}</span>
        <CopyButton text={code} label={t("copy")} size="tinyIcon" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto p-3 font-mono text-label leading-relaxed">
        <code>{tree === null ? code : <Nodes nodes={tree.children} />}</code>
      </pre>
    </div>
  );
}

/** highlight.js' classes -> ours. */
const classes: readonly (readonly [RegExp, string])[] = [
  [/keyword|literal|built_in|operator|selector-tag|tag$/u, "text-code-keyword"],
  [/string|regexp|addition|template/u, "text-code-string"],
  [/number|symbol|bullet|meta/u, "text-code-number"],
  [/title|name|attr|property|variable|section|type|class/u, "text-code-name"],
  [/comment|quote|deletion/u, "text-foreground-soft italic"],
];

function Nodes({ nodes }: { nodes: readonly CodeNode[] }) {
  return nodes.map((node, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn once
    if (node.type === "text") return <Fragment key={index}>{node.value}</Fragment>;
    if (node.type !== "element") return null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn once
      <span key={index} className={classOf(node)}>
        <Nodes nodes={node.children} />
      </span>
    );
  });
}

function classOf({ properties }: CodeElement): string | undefined {
  const names = Array.isArray(properties.className) ? properties.className.map(String).join(" ") : "";
  return classes.find(([pattern]) => pattern.test(names))?.[1];
}
