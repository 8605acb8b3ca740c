import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { SecretInput, Select } from "#components/ui/input";
import { useToast } from "#components/ui/toast";
import { ApiError } from "#lib/api/api-error";
import { useAuthStatus, useChangePassword } from "#lib/api/use-auth";
import { localeNames, locales, useLocalePreference } from "#lib/locale-preference";
import { minPasswordCharacters } from "#lib/min-password-characters";
import { themes, useTheme } from "#lib/theme-preference";
import { readBrowserZone, timeZoneChoices, useTimeZonePreference } from "#lib/time-zone-preference";
import { SettingsSection } from "./settings-section";

/** Who one is, one's own password, and how the console looks in this browser. */
export function AccountSection() {
  const t = useTranslations("settings.account");
  const tPreferences = useTranslations("preferences");
  const tRoles = useTranslations("userMenu.roles");
  const { data: status } = useAuthStatus();
  const [locale, setLocale] = useLocalePreference();
  const [theme, setTheme] = useTheme();
  const [zone, setZone] = useTimeZonePreference();
  return (
    <SettingsSection
      id="account"
      title={t("title")}
      aside={status?.role != null && <Badge>{tRoles(status.role)}</Badge>}
    >
      <div className="grid items-start gap-4 border-b p-4 sm:grid-cols-3">
        <Field label={tPreferences("language")} hint={t("inThisBrowser")}>
          {(control) => (
            <Select
              {...control}
              value={locale}
              onChange={({ target }) => setLocale(locales.find((known) => known === target.value) ?? locale)}
            >
              {locales.map((value) => (
                <option key={value} value={value} lang={value}>
                  {localeNames[value]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={tPreferences("theme")} hint={t("inThisBrowser")}>
          {(control) => (
            <Select
              {...control}
              value={theme}
              onChange={({ target }) => setTheme(themes.find((known) => known === target.value) ?? theme)}
            >
              {themes.map((value) => (
                <option key={value} value={value}>
                  {tPreferences(`themes.${value}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("timeZone")} hint={t("inThisBrowser")}>
          {(control) => (
            <Select
              {...control}
              value={zone}
              onChange={({ target }) => setZone(timeZoneChoices.find((known) => known === target.value) ?? zone)}
            >
              <option value="browser">{t("browserZone", { zone: readBrowserZone() })}</option>
              <option value="utc">UTC</option>
            </Select>
          )}
        </Field>
      </div>
      <PasswordForm username={status?.username ?? ""} />
    </SettingsSection>
  );
}

const empty = { current: "", next: "" };

function PasswordForm({ username }: { username: string }) {
  const t = useTranslations("settings.account");
  const showToast = useToast();
  const change = useChangePassword();
  const [values, setValues] = useState(empty);
  const [isChecked, setIsChecked] = useState(false);
  const isShort = values.next.length < minPasswordCharacters;
  const isWrong = change.error instanceof ApiError && change.error.status === 400;
  const submit = () => {
    setIsChecked(true);
    if (values.current === "" || isShort) return;
    change.mutate(
      { current_password: values.current, new_password: values.next },
      {
        onSuccess: () => {
          setValues(empty);
          setIsChecked(false);
          showToast("done", t("passwordChanged"));
        },
      },
    );
  };
  return (
    <Form onSubmit={submit} isBusy={change.isPending} className="flex flex-col gap-4 p-4">
      <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label={t("currentPassword")}
          error={isWrong ? t("wrongPassword") : isChecked && values.current === "" ? t("required") : undefined}
        >
          {(control) => (
            <SecretInput
              {...control}
              name="current-password"
              autoComplete="current-password"
              value={values.current}
              onChange={(event) => setValues({ ...values, current: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t("newPassword")}
          hint={t("newPasswordHint", { count: minPasswordCharacters })}
          error={isChecked && isShort ? t("short", { count: minPasswordCharacters }) : undefined}
        >
          {(control) => (
            <SecretInput
              {...control}
              name="new-password"
              autoComplete="new-password"
              value={values.next}
              onChange={(event) => setValues({ ...values, next: event.target.value })}
            />
          )}
        </Field>
      </div>
      {change.error !== null && !isWrong && <ErrorNotice error={change.error} />}
      <div className="flex justify-end">
        <Button type="submit" variant="secondary" size="small" isBusy={change.isPending}>
          {t("changePassword")}
        </Button>
      </div>
    </Form>
  );
}
