import { useState } from "react";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "#components/delete-dialog";
import { FormDialog } from "#components/form-dialog";
import { Notice } from "#components/notice";
import { useToast } from "#components/ui/toast";
import { type ConsoleUser, useCreateUser, useDeleteUser, useUpdateUser } from "#lib/api/use-users";
import { checkUserForm, type UserFormProblems, type UserFormValues } from "./check-user-form";
import { SignInDetails } from "./sign-in-details";
import { NameField, PasswordField, RoleField } from "./user-fields";

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

/** Creates a user, then shows once what they sign in with. */
function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("users");
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
    <FormDialog
      title={t("create.title")}
      description={t("create.text")}
      submitLabel={t("create.submit")}
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <NameField values={values} problems={problems} onChange={change} />
      <PasswordField values={values} problems={problems} onChange={change} />
      <RoleField values={values} onChange={change} />
    </FormDialog>
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
    <FormDialog
      title={t("edit.title", { username: user.username })}
      submitLabel={tCommon("save")}
      isBusy={update.isPending}
      error={update.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <NameField values={values} problems={problems} onChange={change} />
      <RoleField values={values} onChange={change} />
    </FormDialog>
  );
}

/** Gives somebody a new password, which ends their sign-ins, and shows it once. */
function PasswordDialog({ user, onClose }: OneUserProps) {
  const t = useTranslations("users");
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
    <FormDialog
      title={t("reset.title", { username: user.username })}
      submitLabel={t("reset.submit")}
      isBusy={update.isPending}
      error={update.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <PasswordField
        values={values}
        problems={problems}
        onChange={({ password = "" }) => setValues({ ...values, password })}
      />
      <Notice>{t("reset.text")}</Notice>
    </FormDialog>
  );
}

function DeleteUserDialog({ user: { id, username }, onClose }: OneUserProps) {
  const t = useTranslations("users");
  return (
    <DeleteDialog
      id={id}
      useDelete={useDeleteUser}
      title={t("delete.title", { username })}
      confirmLabel={t("delete.confirm")}
      doneText={t("deletedToast", { username })}
      onClose={onClose}
    >
      {t("delete.text")}
    </DeleteDialog>
  );
}
