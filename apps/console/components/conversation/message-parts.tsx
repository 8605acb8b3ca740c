import { FileText, Image as ImageIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import { Markdown } from "#components/markdown/markdown";
import type { MessagePart, ToolOutput } from "#lib/api/use-sessions";
import { Reasoning } from "./reasoning";
import { ToolCallCard } from "./tool-call-card";

type ToolResultPart = Extract<MessagePart, { type: "tool_result" }>;

interface MessagePartsProps {
  parts: readonly MessagePart[];
  isPlain: boolean;
  /** The result of a call, which often came with a later message. */
  resultOf: (callId: string) => ToolResultPart | undefined;
  /** Whether a result is shown beside its call already. */
  isPaired: (callId: string) => boolean;
}

/** The parts of one message, each as what it is. */
export function MessageParts({ parts, isPlain, resultOf, isPaired }: MessagePartsProps) {
  const t = useTranslations("conversation");
  return parts.map((part, index) => {
    const key = `${part.type} ${index}`;
    switch (part.type) {
      case "text":
      case "image":
      case "file":
        return <Output key={key} output={part} isPlain={isPlain} />;
      case "refusal":
        return (
          <p key={key} className="my-2 text-danger">
            {t("refusal")}: {part.text}
          </p>
        );
      case "reasoning":
        return <Reasoning key={key} text={part.text} sealedBytes={part.sealed_bytes} />;
      case "tool_call": {
        const result = resultOf(part.call_id);
        return (
          <ToolCallCard
            key={key}
            name={part.name}
            input={part.input}
            result={result === undefined ? null : describeResult(result)}
          />
        );
      }
      case "tool_result":
        if (isPaired(part.call_id)) return null;
        return <ToolCallCard key={key} name={t("toolResult")} input={part.call_id} result={describeResult(part)} />;
      case "other":
        return (
          <pre key={key} className="my-2 overflow-x-auto rounded border bg-code p-2 font-mono text-label">
            {JSON.stringify(part.item, null, 2)}
          </pre>
        );
    }
    return null;
  });
}

function describeResult({ is_error: isError, output }: ToolResultPart) {
  const text = output.find((one) => one.type === "text");
  return {
    isError,
    firstLine: text?.type === "text" ? (text.text.trim().split("\n")[0] ?? "").slice(0, 200) : "",
    // biome-ignore lint/suspicious/noArrayIndexKey: a result does not change
    content: output.map((one, index) => <Output key={`${one.type} ${index}`} output={one} isPlain isCode />),
  };
}

interface OutputProps {
  output: ToolOutput;
  isPlain: boolean;
  isCode?: boolean;
}

function Output({ output, isPlain, isCode = false }: OutputProps) {
  if (output.type === "text") {
    if (isCode) return <pre className="font-mono text-label break-words whitespace-pre-wrap">{output.text}</pre>;
    return isPlain ? (
      <p className="my-2 break-words whitespace-pre-wrap first:mt-0 last:mb-0">{output.text}</p>
    ) : (
      <Markdown text={output.text} />
    );
  }
  return <Attachment output={output} />;
}

/** Pictures that came with the message are shown; what lies elsewhere is a link, and never fetched. */
export function Attachment({ output }: { output: Exclude<ToolOutput, { type: "text" }> }) {
  const t = useTranslations("conversation");
  const { url, media_type: mediaType } = output;
  const isOwn = url?.startsWith("data:image/") === true && !url.startsWith("data:image/svg");
  if (output.type === "image" && isOwn && url !== null) {
    return <img src={url} alt={t("image")} className="my-2 max-h-64 max-w-full rounded border" />;
  }
  const Icon = output.type === "image" ? ImageIcon : FileText;
  const name = output.type === "file" ? output.filename : null;
  const isLink = url !== null && /^https?:/u.test(url);
  return (
    <p className="my-2 flex min-w-0 items-center gap-2 text-small">
      <Icon aria-hidden className="size-4 shrink-0 text-foreground-soft" />
      {isLink ? (
        <a href={url} target="_blank" rel="noreferrer noopener" className="truncate text-accent underline">
          {name ?? url}
        </a>
      ) : (
        <span className="truncate">{name ?? mediaType ?? t("file")}</span>
      )}
    </p>
  );
}
