"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { CopyButton } from "#components/copy-button";
import { useHeldKey } from "#components/held-key";
import { Notice } from "#components/notice";
import { KeyResponsibleUse } from "#components/responsible-use";
import { TestRequest } from "#components/test-request";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Input } from "#components/ui/input";
import { Tabs } from "#components/ui/tabs";
import type { CreatedKey } from "#lib/api/use-api-keys";
import { useModelIds } from "#lib/api/use-models";
import { encodeAnthropicSnippet, encodeClaudeCodeSnippet, encodeCurlSnippet, encodeOpenaiSnippet } from "#lib/snippets";

interface KeyRevealDialogProps {
  created: CreatedKey;
  onClose: () => void;
}

/** Shows a key in clear, this once, with snippets that work and a request to try it. Closed only by its button. */
export function KeyRevealDialog({ created, onClose }: KeyRevealDialogProps) {
  const t = useTranslations("keys.reveal");
  const router = useRouter();
  const { hold } = useHeldKey();
  const servedModelIds = useModelIds();
  const modelIds = created.allowed_models ?? servedModelIds;
  const { origin } = window.location;
  const snippet = { origin, key: created.key, modelIds };
  const environment = [
    `export COPILOT_LLM_URL="${origin}"`,
    `export COPILOT_LLM_KEY="${created.key}"`,
    `export OPENAI_BASE_URL="${origin}/openai/v1"`,
    `export OPENAI_API_KEY="${created.key}"`,
    `export ANTHROPIC_BASE_URL="${origin}/anthropic"`,
    `export ANTHROPIC_AUTH_TOKEN="${created.key}"`,
  ].join("\n");
  const tab = (id: string, label: string, code: string) => ({
    id,
    label,
    content: <CodeBlock code={code} label={label} />,
  });
  const connect = () => {
    hold({ id: created.id, alias: created.alias, secret: created.key });
    // The dialog goes with its page; closing it first would change the address under the way there.
    router.push(`/connect/?key=${encodeURIComponent(created.id)}`);
  };
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
            tab("environment", t("environment"), environment),
          ]}
        />
        <TestRequest credential={{ kind: "key", secret: created.key }} modelIds={modelIds} />
        <KeyResponsibleUse />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={connect}>
          {t("connect")}
        </Button>
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </Dialog>
  );
}
