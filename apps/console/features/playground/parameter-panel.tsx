"use client";

import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input, Select, TextArea } from "#components/ui/input";
import { useApiKeys } from "#lib/api/use-api-keys";
import type { ChatParameters, ChatProtocol, ToolDefinition } from "#lib/chat/conversation";
import { factsOfModel } from "#lib/models/model-facts";
import { useFigures } from "#lib/use-figures";
import { NumberSetting } from "./number-setting";
import { parseJsonObject } from "./parse-json-object";
import { ResetButton } from "./reset-button";
import { ToolEditor } from "./tool-editor";

interface ParameterPanelProps {
  model: ModelOverview | undefined;
  protocol: ChatProtocol;
  system: string;
  onSystem: (system: string) => void;
  parameters: ChatParameters;
  onParameters: (parameters: ChatParameters) => void;
  tools: readonly ToolDefinition[];
  onTools: (tools: readonly ToolDefinition[]) => void;
  keyId: string | null;
  onKey: (keyId: string | null) => void;
  onClose: () => void;
}

/** What goes along with every message. What is not set is not sent; what the model does not take is off, with the reason. */
export function ParameterPanel(props: ParameterPanelProps) {
  const { model, protocol, parameters, onParameters } = props;
  const t = useTranslations("playground.panel");
  const figures = useFigures();
  const { data: keys } = useApiKeys();
  const facts = model === undefined ? undefined : factsOfModel(model);
  const set = <Name extends keyof ChatParameters>(name: Name, value: ChatParameters[Name] | undefined) => {
    const { [name]: _old, ...rest } = parameters;
    onParameters(value === undefined ? rest : { ...rest, [name]: value });
  };
  const maxTokens = model?.max_output_tokens ?? null;
  return (
    <aside
      aria-label={t("title")}
      className="order-last w-80 shrink-0 overflow-y-auto border-l bg-surface max-lg:fixed max-lg:inset-0 max-lg:z-40 max-lg:w-full"
    >
      <header className="sticky top-0 z-10 flex h-11 items-center justify-between border-b bg-surface pr-1.5 pl-4">
        <h2 className="text-small font-semibold">{t("title")}</h2>
        <Button variant="ghost" size="icon" aria-label={t("close")} onClick={props.onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <div className="flex flex-col gap-4 p-4">
        <Field label={t("system")}>
          {(control) => (
            <TextArea
              {...control}
              rows={4}
              value={props.system}
              onChange={(event) => props.onSystem(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("runsAs")} hint={t(props.keyId === null ? "runsAsYou" : "runsAsKey")}>
          {(control) => (
            <Select
              {...control}
              look="small"
              value={props.keyId ?? ""}
              onChange={(event) => props.onKey(event.target.value === "" ? null : event.target.value)}
            >
              <option value="">{t("you")}</option>
              {(keys?.keys ?? []).map(({ id, alias }) => (
                <option key={id} value={id}>
                  {alias}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <NumberSetting
          label={t("maxTokens")}
          hint={maxTokens === null ? undefined : t("upTo", { limit: figures.count(maxTokens) })}
          value={parameters.maxTokens}
          hasSlider={maxTokens !== null}
          min={1}
          max={maxTokens ?? 1_000_000}
          step={1}
          onChange={(value) => set("maxTokens", value)}
        />
        <NumberSetting
          label={t("temperature")}
          disabledReason={protocol === "messages" && parameters.topP !== undefined ? t("notWithTopP") : undefined}
          value={parameters.temperature}
          hasSlider
          min={0}
          max={protocol === "messages" ? 1 : 2}
          step={0.1}
          onChange={(value) => set("temperature", value)}
        />
        <NumberSetting
          label={t("topP")}
          disabledReason={
            protocol === "messages" && parameters.temperature !== undefined ? t("notWithTemperature") : undefined
          }
          value={parameters.topP}
          hasSlider
          min={0}
          max={1}
          step={0.05}
          onChange={(value) => set("topP", value)}
        />
        <Field
          label={t("effort")}
          hint={facts !== undefined && facts.efforts.length === 0 ? t("noEffort") : undefined}
          aside={parameters.effort !== undefined && <ResetButton onReset={() => set("effort", undefined)} />}
        >
          {(control) => (
            <Select
              {...control}
              look="small"
              disabled={facts === undefined || facts.efforts.length === 0}
              value={parameters.effort ?? ""}
              onChange={(event) => set("effort", event.target.value === "" ? undefined : event.target.value)}
            >
              <option value="">{t("unset")}</option>
              {(facts?.efforts ?? []).map((effort) => (
                <option key={effort} value={effort}>
                  {effort}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label={t("stop")}
          hint={protocol === "responses" ? t("notInResponses") : t("stopHint")}
          aside={parameters.stop !== undefined && <ResetButton onReset={() => set("stop", undefined)} />}
        >
          {(control) => (
            <Input
              {...control}
              look="small"
              disabled={protocol === "responses"}
              value={(parameters.stop ?? []).join(", ")}
              onChange={(event) => {
                const words = event.target.value.split(",").map((word) => word.trim());
                set("stop", event.target.value === "" ? undefined : words);
              }}
            />
          )}
        </Field>
        <NumberSetting
          label={t("seed")}
          disabledReason={protocol === "chat" ? undefined : t("chatOnly")}
          value={parameters.seed}
          min={0}
          max={2_147_483_647}
          step={1}
          onChange={(value) => set("seed", value)}
        />
        <JsonSetting
          label={t("schema")}
          hint={
            protocol === "messages"
              ? t("notInMessages")
              : facts?.fitsSchemas === false
                ? t("noSchemas")
                : t("schemaHint")
          }
          isDisabled={protocol === "messages" || facts?.fitsSchemas === false}
          onChange={(value) => set("responseSchema", value)}
        />
        <ToolEditor
          tools={props.tools}
          onChange={props.onTools}
          disabledReason={facts?.callsTools === false ? t("noTools") : null}
        />
        <JsonSetting label={t("extra")} hint={t("extraHint")} onChange={(value) => set("extra", value)} />
      </div>
    </aside>
  );
}

interface JsonSettingProps {
  label: string;
  hint: string;
  isDisabled?: boolean;
  onChange: (value: Record<string, unknown> | undefined) => void;
}

/** JSON to type, with the line and the words of what is wrong in it. */
function JsonSetting({ label, hint, isDisabled = false, onChange }: JsonSettingProps) {
  const t = useTranslations("playground.panel");
  const id = useId();
  const [text, setText] = useState("");
  const parsed = parseJsonObject(text);
  return (
    <Field
      label={label}
      hint={hint}
      error={parsed.problem === null ? undefined : t("jsonProblem", { line: parsed.problem.line ?? 0 })}
    >
      {(control) => (
        <TextArea
          {...control}
          data-field={id}
          rows={2}
          spellCheck={false}
          disabled={isDisabled}
          placeholder="{ }"
          className="min-h-14! font-mono text-label"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const { value, problem } = parseJsonObject(event.target.value);
            if (problem === null) onChange(value ?? undefined);
          }}
        />
      )}
    </Field>
  );
}
