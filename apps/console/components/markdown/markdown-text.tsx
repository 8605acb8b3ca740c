import { memo, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { HighlightedCode } from "./highlighted-code";
import type { MarkdownProps } from "./markdown-props";
import { splitBlocks } from "./split-blocks";

const plugins = [remarkGfm];

/** No image is fetched and no link opens here: both are shown for what they are. HTML in the text stays text. */
const parts: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener" className="break-words text-accent underline">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === "string" && src !== "" ? (
      <a href={src} target="_blank" rel="noreferrer noopener" className="break-all text-accent underline">
        {alt === undefined || alt === "" ? src : alt}
      </a>
    ) : (
      alt
    ),
  pre: ({ children }) => children,
  code: ({ className, children }) => {
    const text = String(children ?? "");
    const language = /language-([\w+#-]+)/u.exec(className ?? "")?.[1];
    const isBlock = language !== undefined || text.includes("\n");
    if (!isBlock) return <code className="rounded bg-muted px-1 py-px font-mono text-[0.9em]">{children}</code>;
    return <HighlightedCode code={text.replace(/\n$/u, "")} language={language ?? null} />;
  },
  h1: ({ children }) => <p className="mt-4 mb-2 text-base font-semibold first:mt-0">{children}</p>,
  h2: ({ children }) => <p className="mt-4 mb-2 text-base font-semibold first:mt-0">{children}</p>,
  h3: ({ children }) => <p className="mt-3 mb-1.5 font-semibold first:mt-0">{children}</p>,
  h4: ({ children }) => <p className="mt-3 mb-1.5 font-semibold first:mt-0">{children}</p>,
  h5: ({ children }) => <p className="mt-3 mb-1.5 font-semibold first:mt-0">{children}</p>,
  h6: ({ children }) => <p className="mt-3 mb-1.5 font-semibold first:mt-0">{children}</p>,
  p: ({ children }) => <p className="my-2 break-words first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children }) => <ul className="my-2 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-2 list-decimal space-y-1 pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => (
    <blockquote className="my-2 border-l-2 pl-3 text-foreground-soft">{children}</blockquote>
  ),
  hr: () => <hr className="my-4" />,
  table: ({ children }) => (
    <div className="my-2 overflow-x-auto">
      <table className="border-collapse text-small">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border px-2.5 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border px-2.5 py-1">{children}</td>,
  input: ({ checked }) => <input type="checkbox" checked={checked === true} readOnly aria-hidden className="mr-1.5" />,
};

/** The text itself; `Markdown` fetches it. Finished blocks are not looked at again while more comes. */
export function MarkdownText({ text, isStreaming = false }: MarkdownProps) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="min-w-0 leading-relaxed">
      {blocks.map((block, index) =>
        isStreaming && index === blocks.length - 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
          <p key={index} className="my-2 break-words whitespace-pre-wrap first:mt-0 last:mb-0">
            {block}
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
          <Block key={index} text={block} />
        ),
      )}
    </div>
  );
}

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={parts}>
      {text}
    </ReactMarkdown>
  );
});
