"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { FileText, Paperclip, Send, Square, X } from "lucide-react";
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import type { ChatProtocol, FilePart, UserPart } from "#lib/chat/conversation";
import { factsOfModel } from "#lib/models/model-facts";
import { readFiles } from "./read-files";

interface ComposerProps {
  models: readonly ModelOverview[];
  protocol: ChatProtocol;
  isRunning: boolean;
  /** Why nothing can be sent; null when it can. */
  disabledReason: string | null;
  onSend: (parts: readonly UserPart[]) => void;
  onStop: () => void;
}

/** What is said next: text, and pictures or PDFs by paste, drop or choice. Enter sends, Shift with Enter breaks the line. */
export function Composer({ models, protocol, isRunning, disabledReason, onSend, onStop }: ComposerProps) {
  const t = useTranslations("playground.composer");
  const noteId = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly FilePart[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const blind = models.find((model) => !factsOfModel(model).seesImages);
  const canSend = disabledReason === null && !isRunning && (text.trim() !== "" || files.length > 0);
  const add = async (list: Iterable<File>) => {
    const { parts, refused } = await readFiles([...list], protocol);
    setFiles((known) => [...known, ...parts]);
    setProblem(refused === null ? null : t(`refused.${refused.reason}`, { name: refused.name }));
  };
  const send = () => {
    if (!canSend) return;
    onSend([...files, ...(text.trim() === "" ? [] : [{ kind: "text" as const, text }])]);
    setText("");
    setFiles([]);
    setProblem(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    void add(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    void add(event.dataTransfer.files);
  };
  const note =
    disabledReason ?? problem ?? (files.length > 0 && blind !== undefined ? t("blind", { model: blind.name }) : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      className="border-t bg-background p-3 lg:px-4"
    >
      <div className="mx-auto max-w-4xl rounded-lg border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-accent">
        {files.length > 0 && (
          <ul className="flex flex-wrap gap-2 p-2 pb-0">
            {files.map((file, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be added twice
              <li key={index} className="flex items-center gap-2 rounded border bg-muted py-1 pr-1 pl-2 text-label">
                {file.kind === "image" ? (
                  <img src={file.dataUrl} alt="" className="size-8 rounded object-cover" />
                ) : (
                  <FileText aria-hidden className="size-4" />
                )}
                <span className="max-w-40 truncate">{file.name}</span>
                <Button
                  variant="ghost"
                  size="tinyIcon"
                  aria-label={t("removeFile", { name: file.name })}
                  onClick={() => setFiles(files.filter((_one, at) => at !== index))}
                >
                  <X aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="flex items-end gap-1 p-1.5">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            accept={protocol === "chat" ? "image/*" : "image/*,application/pdf"}
            onChange={(event) => {
              void add(event.target.files ?? []);
              event.target.value = "";
            }}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("attach")}
            title={t("attach")}
            isDisabled={disabledReason !== null}
            onClick={() => picker.current?.click()}
          >
            <Paperclip aria-hidden />
          </Button>
          {isRunning ? (
            <Button variant="secondary" size="small" className="order-last" onClick={onStop}>
              <Square aria-hidden />
              {t("stop")}
            </Button>
          ) : (
            <Button type="submit" size="small" className="order-last" isDisabled={!canSend}>
              <Send aria-hidden />
              {t("send")}
            </Button>
          )}
          <textarea
            rows={1}
            aria-label={t("message")}
            aria-describedby={note === null ? undefined : noteId}
            placeholder={t("message")}
            readOnly={disabledReason !== null}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            className="field-sizing-content max-h-[40dvh] min-h-8 flex-1 resize-none bg-transparent px-1.5 py-1.5 text-body outline-none placeholder:text-foreground-soft pointer-coarse:min-h-11 pointer-coarse:text-base"
          />
        </div>
      </div>
      {note !== null && (
        <p id={noteId} role="status" className="mx-auto mt-1.5 max-w-4xl text-label text-warn">
          {note}
        </p>
      )}
    </form>
  );
}
