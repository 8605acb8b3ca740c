import { useState } from "react";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "#components/delete-dialog";
import { FormDialog } from "#components/form-dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useToast } from "#components/ui/toast";
import { KeyLimitFields } from "#features/keys/key-limit-fields";
import { type Team, useCreateTeam, useDeleteTeam, useUpdateTeam } from "#lib/api/use-teams";
import { checkTeamForm, createTeamForm, encodeTeamForm, type TeamFormProblems } from "./team-form";

export type TeamDialogProps =
  | { kind: "create"; onClose: () => void }
  | { kind: "edit" | "delete"; team: Team; onClose: () => void };

/** The dialogs about a team. */
export function TeamDialog(props: TeamDialogProps) {
  switch (props.kind) {
    case "create":
      return <CreateTeamDialog onClose={props.onClose} />;
    case "edit":
      return <EditTeamDialog team={props.team} onClose={props.onClose} />;
    case "delete":
      return <DeleteTeamDialog team={props.team} onClose={props.onClose} />;
  }
}

function CreateTeamDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("teams");
  const showToast = useToast();
  const create = useCreateTeam();
  return (
    <TeamFormDialog
      title={t("create.title")}
      description={t("create.text")}
      submitLabel={t("create.submit")}
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={(body) =>
        create.mutate(body, {
          onSuccess: () => {
            onClose();
            showToast("done", t("createdToast", { name: body.name }));
          },
        })
      }
    />
  );
}

interface OneTeamProps {
  team: Team;
  onClose: () => void;
}

function EditTeamDialog({ team, onClose }: OneTeamProps) {
  const t = useTranslations("teams");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const update = useUpdateTeam();
  return (
    <TeamFormDialog
      team={team}
      title={t("edit.title", { name: team.name })}
      submitLabel={tCommon("save")}
      isBusy={update.isPending}
      error={update.error}
      onClose={onClose}
      onSubmit={(body) =>
        update.mutate(
          { id: team.id, body },
          {
            onSuccess: () => {
              onClose();
              showToast("done", t("savedToast", { name: body.name }));
            },
          },
        )
      }
    />
  );
}

interface TeamFormDialogProps {
  team?: Team;
  title: string;
  description?: string;
  submitLabel: string;
  isBusy: boolean;
  error: Error | null;
  onClose: () => void;
  onSubmit: (body: ReturnType<typeof encodeTeamForm>) => void;
}

function TeamFormDialog({ team, onSubmit, ...frame }: TeamFormDialogProps) {
  const t = useTranslations("teams.form");
  const tForm = useTranslations("keys.form");
  const [values, setValues] = useState(() => createTeamForm(team));
  const [problems, setProblems] = useState<TeamFormProblems>({});
  const change = (changed: Partial<typeof values>) => setValues((current) => ({ ...current, ...changed }));
  const submit = () => {
    const found = checkTeamForm(values);
    setProblems(found);
    if (Object.keys(found).length === 0) onSubmit(encodeTeamForm(values));
  };
  return (
    <FormDialog {...frame} size="large" onSubmit={submit}>
      <Field label={t("name")} error={problems.name === undefined ? undefined : t("nameRequired")}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            value={values.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <KeyLimitFields
        values={values}
        onChange={change}
        errorOf={(name) => {
          const problem = problems[name];
          return problem === undefined ? undefined : tForm(`problems.${problem}`);
        }}
      />
      <p className="text-small text-foreground-soft">{t("bothHold")}</p>
    </FormDialog>
  );
}

function DeleteTeamDialog({ team: { id, name }, onClose }: OneTeamProps) {
  const t = useTranslations("teams");
  return (
    <DeleteDialog
      id={id}
      useDelete={useDeleteTeam}
      title={t("delete.title", { name })}
      confirmLabel={t("delete.confirm")}
      doneText={t("deletedToast", { name })}
      onClose={onClose}
    >
      {t("delete.text")}
    </DeleteDialog>
  );
}
