import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { CopyButton } from "#components/copy-button";
import { ErrorNotice } from "#components/error-notice";
import { NewPasswordInput } from "#components/new-password-input";
import { Notice } from "#components/notice";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";
import { RadioCards } from "#components/ui/radio-cards";
import { useToast } from "#components/ui/toast";
import { type ConsoleUser, useCreateUser, useDeleteUser, useUpdateUser } from "#lib/api/use-users";
import { minPasswordCharacters } from "#lib/min-password-characters";
import { checkUserForm, type UserFormProblems, type UserFormValues } from "./check-user-form";

export type UserDialogProps =
  | { kind: "create"; onClose: () => void }
  | { kind: "edit" | "password" | "delete"; user: ConsoleUser; onClose: () => void };

/** The dialogs about the console's users. */
export function UserDialog(props: UserDialogProps) {
  switch (props.kind) {
    case "create":
      return <CreateUserDialog onClose={props.onClose} />;
    case "edit":
      return <EditUserDialog {...props} />;
    case "password":
      return <PasswordDialog {...props} />;
    case "delete":
      return <DeleteUserDialog {...props} />;
  }
}

interface OneUserProps {
  user: ConsoleUser;
  onClose: () => void;
}

interface UserFieldsProps {
  values: UserFormValues;
  problems: UserFormProblems;
  onChange: (changed: Partial<UserFormValues>) => void;
}

function NameField({ values, problems, onChange }: UserFieldsProps) {
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

function PasswordField({ values, problems, onChange }: UserFieldsProps) {
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

function RoleField({ values, onChange }: Omit<UserFieldsProps, "problems">) {
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

/** Creates a user, then shows once what they sign in with. */
function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("users");
  const tCommon = useTranslations("common");
  const create = useCreateUser();
  const [values, setValues] = useState<UserFormValues>({ username: "", role: "viewer", password: "" });
  const [problems, setProblems] = useState<UserFormProblems>({});
  const [isCreated, setIsCreated] = useState(false);
  const change = (changed: Partial<UserFormValues>) => setValues((current) => ({ ...current, ...changed }));
  if (isCreated) {
    return <SignInDetails title={t("created", { username: values.username })} values={values} onClose={onClose} />;
  }
  const submit = () => {
    const found = checkUserForm(values, true);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    create.mutate({ ...values, username: values.username.trim() }, { onSuccess: () => setIsCreated(true) });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("create.title")} description={t("create.text")} asksBeforeDiscard>
      <Form onSubmit={submit} isBusy={create.isPending} className="contents">
        <DialogBody>
          <NameField values={values} problems={problems} onChange={change} />
          <PasswordField values={values} problems={problems} onChange={change} />
          <RoleField values={values} onChange={change} />
          {create.error !== null && <ErrorNotice error={create.error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" isBusy={create.isPending}>
            {t("create.submit")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

interface SignInDetailsProps {
  title: string;
  values: Pick<UserFormValues, "username" | "password">;
  onClose: () => void;
}

/** What somebody signs in with, shown this once. */
function SignInDetails({ title, values, onClose }: SignInDetailsProps) {
  const t = useTranslations("users.details");
  const address = `${window.location.origin}/login/`;
  const lines = [
    [t("address"), address],
    [t("username"), values.username.trim()],
    [t("password"), values.password],
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} title={title} description={t("text")} closesOnlyByButton>
      <DialogBody>
        <dl className="divide-y rounded-lg border">
          {lines.map(([label, value]) => (
            <div key={label} className="flex items-center gap-3 px-3.5 py-2">
              <dt className="w-28 shrink-0 text-label text-foreground-soft">{label}</dt>
              <dd className="min-w-0 flex-1 font-mono text-label break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </DialogBody>
      <DialogFooter>
        <CopyButton
          text={lines.map(([label, value]) => `${label}: ${value}`).join("\n")}
          label={t("copy")}
          withText={t("copy")}
        />
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </Dialog>
  );
}

function EditUserDialog({ user, onClose }: OneUserProps) {
  const t = useTranslations("users");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const update = useUpdateUser();
  const [values, setValues] = useState<UserFormValues>({ username: user.username, role: user.role, password: "" });
  const [problems, setProblems] = useState<UserFormProblems>({});
  const change = (changed: Partial<UserFormValues>) => setValues((current) => ({ ...current, ...changed }));
  const submit = () => {
    const found = checkUserForm(values, false);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const username = values.username.trim();
    update.mutate(
      { id: user.id, body: { username, role: values.role } },
      {
        onSuccess: () => {
          showToast("done", t("savedToast", { username }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("edit.title", { username: user.username })} asksBeforeDiscard>
      <Form onSubmit={submit} isBusy={update.isPending} className="contents">
        <DialogBody>
          <NameField values={values} problems={problems} onChange={change} />
          <RoleField values={values} onChange={change} />
          {update.error !== null && <ErrorNotice error={update.error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" isBusy={update.isPending}>
            {tCommon("save")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

/** Gives somebody a new password, which ends their sign-ins, and shows it once. */
function PasswordDialog({ user, onClose }: OneUserProps) {
  const t = useTranslations("users");
  const tCommon = useTranslations("common");
  const update = useUpdateUser();
  const [values, setValues] = useState<UserFormValues>({ username: user.username, role: user.role, password: "" });
  const [problems, setProblems] = useState<UserFormProblems>({});
  const [isDone, setIsDone] = useState(false);
  if (isDone) {
    return <SignInDetails title={t("reset.done", { username: user.username })} values={values} onClose={onClose} />;
  }
  const submit = () => {
    const found = checkUserForm(values, true);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    update.mutate({ id: user.id, body: { password: values.password } }, { onSuccess: () => setIsDone(true) });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("reset.title", { username: user.username })} asksBeforeDiscard>
      <Form onSubmit={submit} isBusy={update.isPending} className="contents">
        <DialogBody>
          <PasswordField
            values={values}
            problems={problems}
            onChange={({ password = "" }) => setValues({ ...values, password })}
          />
          <Notice>{t("reset.text")}</Notice>
          {update.error !== null && <ErrorNotice error={update.error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" isBusy={update.isPending}>
            {t("reset.submit")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

function DeleteUserDialog({ user: { id, username }, onClose }: OneUserProps) {
  const t = useTranslations("users");
  const showToast = useToast();
  const remove = useDeleteUser();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("delete.title", { username })}
      confirmLabel={t("delete.confirm")}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            onClose();
            showToast("done", t("deletedToast", { username }));
          },
        })
      }
    >
      {t("delete.text")}
    </ConfirmDialog>
  );
}
