"use client";

import type { CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { CopyButton } from "#components/copy-button";
import { Notice } from "#components/notice";
import { KeyResponsibleUse } from "#components/responsible-use";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Input } from "#components/ui/input";
import { Tabs } from "#components/ui/tabs";
import { useModelIds } from "#lib/api/use-model-ids";
import { encodeAnthropicSnippet, encodeClaudeCodeSnippet, encodeCurlSnippet, encodeOpenaiSnippet } from "#lib/snippets";

interface KeyRevealDialogProps {
  created: CreatedApiKey;
  onClose: () => void;
}

/** Shows a key in clear, this once, with snippets that work. Closed only by its button. */
export function KeyRevealDialog({ created, onClose }: KeyRevealDialogProps) {
  const t = useTranslations("keys.reveal");
  const servedModelIds = useModelIds();
  const modelIds = created.allowed_models ?? servedModelIds;
  const snippet = { origin: window.location.origin, key: created.key, modelIds };
  const tab = (id: string, label: string, code: string) => ({
    id,
    label,
    content: <CodeBlock code={code} label={label} />,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t("title", { alias: created.alias })} closesOnlyByButton size="large">
      <DialogBody>
        <Notice tone="warn">{t("once")}</Notice>
        <div className="flex gap-2">
          <Input
            readOnly
            aria-label={t("key")}
            value={created.key}
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={created.key} label={t("copyKey")} withText className="min-w-24" />
        </div>
        <Tabs
          label={t("snippets")}
          tabs={[
            tab("curl", "curl", encodeCurlSnippet(snippet)),
            tab("openai", "OpenAI SDK", encodeOpenaiSnippet(snippet)),
            tab("anthropic", "Anthropic SDK", encodeAnthropicSnippet(snippet)),
            tab("claude-code", "Claude Code", encodeClaudeCodeSnippet(snippet)),
          ]}
        />
        <KeyResponsibleUse />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </Dialog>
  );
}
