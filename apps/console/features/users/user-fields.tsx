import { useTranslations } from "use-intl";
import { NewPasswordInput } from "#components/new-password-input";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioCards } from "#components/ui/radio-cards";
import { minPasswordCharacters } from "#lib/min-password-characters";
import type { UserFormProblems, UserFormValues } from "./check-user-form";

interface UserFieldsProps {
  values: UserFormValues;
  problems: UserFormProblems;
  onChange: (changed: Partial<UserFormValues>) => void;
}

export function NameField({ values, problems, onChange }: UserFieldsProps) {
  const t = useTranslations("users.form");
  return (
    <Field
      label={t("username")}
      error={problems.username === undefined ? undefined : t(`problems.${problems.username}`)}
    >
      {(control) => (
        <Input
          {...control}
          name="username"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={values.username}
          onChange={(event) => onChange({ username: event.target.value })}
        />
      )}
    </Field>
  );
}

export function PasswordField({ values, problems, onChange }: UserFieldsProps) {
  const t = useTranslations("users.form");
  return (
    <Field
      label={t("password")}
      hint={t("passwordHint")}
      error={problems.password === undefined ? undefined : t("problems.short", { count: minPasswordCharacters })}
    >
      {(control) => (
        <NewPasswordInput
          {...control}
          name="password"
          value={values.password}
          onChange={(password) => onChange({ password })}
        />
      )}
    </Field>
  );
}

export function RoleField({ values, onChange }: Omit<UserFieldsProps, "problems">) {
  const t = useTranslations("users");
  return (
    <RadioCards
      label={t("form.role")}
      name="role"
      value={values.role}
      options={(["viewer", "admin"] as const).map((role) => ({
        value: role,
        label: t(`roles.${role}`),
        text: t(`roleTexts.${role}`),
      }))}
      onChange={(role) => onChange({ role })}
    />
  );
}
