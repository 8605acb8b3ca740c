"use client";

import { Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";
import type { MarkdownProps } from "./markdown-props";

const MarkdownText = createLazyPart<MarkdownProps>(async () => (await import("./markdown-text")).MarkdownText, {
  standIn: PlainText,
});

/** What a model wrote, as Markdown; plain until the code for it is there. Nothing in it ever becomes live HTML. */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={<PlainText {...props} />}>
      <MarkdownText {...props} />
    </Suspense>
  );
}

function PlainText({ text }: MarkdownProps) {
  return <p className="break-words whitespace-pre-wrap">{text}</p>;
}
