"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, TextArea } from "#components/ui/input";
import { Menu } from "#components/ui/menu";
import type { ToolDefinition } from "#lib/chat/conversation";
import { parseJsonObject } from "./parse-json-object";
import { presetTools } from "./preset-tools";

interface ToolEditorProps {
  tools: readonly ToolDefinition[];
  onChange: (tools: readonly ToolDefinition[]) => void;
  disabledReason: string | null;
}

/** The tools on offer, by hand or from a few that are ready. */
export function ToolEditor({ tools, onChange, disabledReason }: ToolEditorProps) {
  const t = useTranslations("playground.tools");
  const [edited, setEdited] = useState<ToolDefinition | null>(null);
  const put = (tool: ToolDefinition) => onChange([...tools.filter(({ name }) => name !== tool.name), tool]);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">{t("label")}</legend>
      {disabledReason !== null && <p className="text-label text-foreground-soft">{disabledReason}</p>}
      {tools.map((tool) => (
        <div key={tool.name} className="flex items-center gap-1 rounded-md border py-0.5 pr-0.5 pl-2.5">
          <button
            type="button"
            onClick={() => setEdited(tool)}
            className="min-w-0 flex-1 truncate text-left font-mono text-label hover:underline"
          >
            {tool.name}
          </button>
          <Button
            variant="ghost"
            size="tinyIcon"
            aria-label={t("remove", { name: tool.name })}
            onClick={() => onChange(tools.filter(({ name }) => name !== tool.name))}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <Menu
        align="start"
        entries={[
          ...presetTools.map((tool) => ({ kind: "action" as const, label: tool.name, onAction: () => put(tool) })),
          { kind: "separator", id: "own" },
          {
            kind: "action",
            label: t("own"),
            onAction: () => setEdited({ name: "", description: "", parameters: { type: "object", properties: {} } }),
          },
        ]}
        trigger={(control) => (
          <Button
            {...control}
            variant="outline"
            size="small"
            className="self-start"
            isDisabled={disabledReason !== null}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
        )}
      />
      {edited !== null && (
        <ToolDialog
          tool={edited}
          onClose={() => setEdited(null)}
          onSave={(tool) => {
            onChange([...tools.filter(({ name }) => name !== edited.name && name !== tool.name), tool]);
            setEdited(null);
          }}
        />
      )}
    </fieldset>
  );
}

interface ToolDialogProps {
  tool: ToolDefinition;
  onClose: () => void;
  onSave: (tool: ToolDefinition) => void;
}

function ToolDialog({ tool, onClose, onSave }: ToolDialogProps) {
  const t = useTranslations("playground.tools");
  const tPanel = useTranslations("playground.panel");
  const tCommon = useTranslations("common");
  const [name, setName] = useState(tool.name);
  const [description, setDescription] = useState(tool.description);
  const [schema, setSchema] = useState(JSON.stringify(tool.parameters, null, 2));
  const [isChecked, setIsChecked] = useState(false);
  const isNamed = /^[\w-]{1,64}$/u.test(name);
  const { value, problem } = parseJsonObject(schema);
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} size="large" asksBeforeDiscard>
      <Form
        onSubmit={() => {
          setIsChecked(true);
          if (isNamed && value !== null) onSave({ name, description, parameters: value });
        }}
        className="contents"
      >
        <DialogBody>
          <Field label={t("name")} error={isChecked && !isNamed ? t("badName") : undefined}>
            {(control) => (
              <Input
                {...control}
                className="font-mono"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("description")}>
            {(control) => (
              <Input {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
            )}
          </Field>
          <Field
            label={t("schema")}
            error={problem === null ? undefined : tPanel("jsonProblem", { line: problem.line ?? 0 })}
          >
            {(control) => (
              <TextArea
                {...control}
                rows={10}
                spellCheck={false}
                className="font-mono text-label"
                value={schema}
                onChange={(event) => setSchema(event.target.value)}
              />
            )}
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit">{tCommon("save")}</Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
