import { useState } from "react";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { Dialog, DialogBody } from "#components/ui/dialog";
import { Segmented } from "#components/ui/segmented";
import { Tabs } from "#components/ui/tabs";
import { chatProtocols } from "#lib/chat/conversation";
import { encodeBody } from "#lib/chat/encode-body";
import { type ConversationTree, emptyTree, pathOf, turnsOf } from "./conversation-tree";
import { codeLanguages, encodeCode } from "./encode-code";
import type { PlaySettings } from "./use-playground";

export interface ShowCodeProps {
  tree: ConversationTree | undefined;
  model: string;
  settings: PlaySettings;
  onClose: () => void;
}

const languageNames = { curl: "curl", python: "Python", typescript: "TypeScript" } as const;

/** The conversation as a request in code, through any of the three APIs. */
export function ShowCodeDialog({ tree = emptyTree, model, settings, onClose }: ShowCodeProps) {
  const t = useTranslations("playground");
  const [protocol, setProtocol] = useState(settings.protocol);
  const path = pathOf(tree);
  const lastQuestion = path.findLastIndex(({ kind }) => kind !== "answer");
  const turns = turnsOf(path.slice(0, lastQuestion + 1));
  const body = encodeBody(protocol, {
    model,
    system: settings.system,
    tools: settings.tools,
    parameters: settings.parameters,
    turns: turns.length === 0 ? [{ role: "user", parts: [{ kind: "text", text: t("code.example") }] }] : turns,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t("showCode")} size="wide">
      <DialogBody>
        <Segmented
          label={t("protocol")}
          value={protocol}
          options={chatProtocols.map((value) => ({ value, label: t(`protocols.${value}`) }))}
          onChange={setProtocol}
          className="self-start"
        />
        <Tabs
          label={t("code.language")}
          tabs={codeLanguages.map((language) => ({
            id: language,
            label: languageNames[language],
            content: (
              <CodeBlock
                label={languageNames[language]}
                code={encodeCode(language, protocol, window.location.origin, body)}
              />
            ),
          }))}
        />
      </DialogBody>
    </Dialog>
  );
}
