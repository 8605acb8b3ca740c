"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Attachment } from "#components/conversation/message-parts";
import { CopyButton } from "#components/copy-button";
import { Button } from "#components/ui/button";
import { Form } from "#components/ui/form";
import { TextArea } from "#components/ui/input";
import type { UserPart } from "#lib/chat/conversation";
import { filesOf, type PlayNode, wordsOf } from "./conversation-tree";
import { VersionSwitch } from "./version-switch";

interface UserMessageProps {
  node: Extract<PlayNode, { kind: "user" }>;
  versions: readonly PlayNode[];
  isLocked: boolean;
  /** What it is being changed to; null while it is not. */
  draft: string | null;
  onDraft: (draft: string | null) => void;
  onChoose: (node: PlayNode) => void;
  onEdit: (parts: readonly UserPart[]) => void;
  onRemove: () => void;
}

/** What was said; it can be said again in other words. */
export function UserMessage(props: UserMessageProps) {
  const { node, versions, isLocked, draft, onDraft, onChoose, onEdit, onRemove } = props;
  const t = useTranslations("playground");
  const tCommon = useTranslations("common");
  const words = wordsOf(node.parts);
  const files = filesOf(node.parts);
  if (draft !== null) {
    return (
      <Form
        onSubmit={() => {
          onDraft(null);
          onEdit([...files, { kind: "text", text: draft }]);
        }}
        className="ml-auto flex w-full max-w-[85%] flex-col gap-2"
      >
        <TextArea aria-label={t("edit")} autoFocus value={draft} onChange={(event) => onDraft(event.target.value)} />
        <div className="flex justify-end gap-2">
          <Button variant="secondary" size="small" onClick={() => onDraft(null)}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" size="small" isDisabled={draft.trim() === ""}>
            {t("resend")}
          </Button>
        </div>
      </Form>
    );
  }
  return (
    <article className="group/message ml-auto max-w-[85%]">
      <div className="rounded-lg bg-muted px-3.5 py-2.5 text-body">
        {files.map((file, index) => (
          <Attachment
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be sent twice
            key={index}
            output={
              file.kind === "image"
                ? { type: "image", url: file.dataUrl, media_type: file.mediaType }
                : { type: "file", url: null, media_type: file.mediaType, filename: file.name }
            }
          />
        ))}
        <p className="break-words whitespace-pre-wrap">{words}</p>
      </div>
      <div
        data-label
        className="mt-0.5 flex justify-end opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100"
      >
        <VersionSwitch node={node} versions={versions} onChoose={onChoose} />
        <CopyButton text={words} label={tCommon("copy")} size="tinyIcon" />
        <Button
          variant="ghost"
          size="tinyIcon"
          aria-label={t("edit")}
          title={t("edit")}
          isDisabled={isLocked}
          onClick={() => onDraft(words)}
        >
          <Pencil aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="tinyIcon"
          aria-label={t("deleteFrom")}
          title={t("deleteFrom")}
          isDisabled={isLocked}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
    </article>
  );
}
