import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { LeaveGuard } from "#components/leave-guard";
import { Notice } from "#components/notice";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { Form } from "#components/ui/form";
import { useToast } from "#components/ui/toast";
import { ApiError } from "#lib/api/api-error";
import { useIsAdmin } from "#lib/api/use-auth";
import { type GatewaySettings, useUpdateSettings } from "#lib/api/use-settings";

interface SettingsSectionProps {
  /** Its anchor in the page's address. */
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** One part of the settings, with its place in the address. */
export function SettingsSection({ id, title, aside, children }: SettingsSectionProps) {
  return (
    <Card id={id} aria-labelledby={`${id}-title`} className="scroll-mt-16">
      <CardHeader title={title} id={`${id}-title`}>
        {aside}
      </CardHeader>
      {children}
    </Card>
  );
}

type Changes = Parameters<ReturnType<typeof useUpdateSettings>["mutate"]>[0]["changes"];

interface SettingsForm<Values> {
  values: Values;
  change: (changed: Partial<Values>) => void;
  isDirty: boolean;
  isBusy: boolean;
  error: Error | null;
  save: () => void;
  discard: () => void;
}

/** Some of the settings as a form. Until something is typed it follows what is stored; what is typed is kept. */
export function useSettingsForm<Values extends object>(
  settings: GatewaySettings,
  stored: Values,
  encode: (values: Values) => Changes,
): SettingsForm<Values> {
  const t = useTranslations("settings");
  const showToast = useToast();
  const update = useUpdateSettings();
  const [draft, setDraft] = useState<Partial<Values>>({});
  const values = { ...stored, ...draft };
  return {
    values,
    change: (changed) => setDraft((current) => ({ ...current, ...changed })),
    isDirty: JSON.stringify(values) !== JSON.stringify(stored),
    isBusy: update.isPending,
    error: update.error,
    save: () =>
      update.mutate(
        { changes: encode(values), version: settings.version },
        {
          onSuccess: () => {
            setDraft({});
            showToast("done", t("savedToast"));
          },
        },
      ),
    discard: () => {
      setDraft({});
      update.reset();
    },
  };
}

interface SettingsFormBodyProps {
  form: Omit<SettingsForm<object>, "values" | "change">;
  /** Checked before anything is sent; false holds it back. */
  check?: () => boolean;
  children: ReactNode;
}

/** The fields of a section, and below them what saves or discards once something is changed. */
export function SettingsFormBody({ form, check = () => true, children }: SettingsFormBodyProps) {
  const t = useTranslations("settings");
  const tCommon = useTranslations("common");
  const isAdmin = useIsAdmin();
  const hasConflict = form.error instanceof ApiError && form.error.status === 409;
  return (
    <Form
      onSubmit={() => {
        if (check()) form.save();
      }}
      isBusy={form.isBusy}
    >
      <fieldset disabled={!isAdmin} className="flex min-w-0 flex-col gap-4 p-4">
        {children}
        {hasConflict && <Notice tone="warn">{t("conflict")}</Notice>}
        {form.error !== null && !hasConflict && <ErrorNotice error={form.error} />}
      </fieldset>
      {form.isDirty && isAdmin && (
        <footer className="flex animate-fade-in items-center justify-end gap-2 border-t px-4 py-3">
          <span className="mr-auto text-small text-foreground-soft">{t("unsaved")}</span>
          <Button variant="secondary" size="small" onClick={form.discard}>
            {t("discard")}
          </Button>
          <Button type="submit" size="small" isBusy={form.isBusy}>
            {tCommon("save")}
          </Button>
          <LeaveGuard />
        </footer>
      )}
    </Form>
  );
}
