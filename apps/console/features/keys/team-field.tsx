import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/input";
import { useTeams } from "#lib/api/use-teams";

interface TeamFieldProps {
  /** The empty text for none. */
  teamId: string;
  onChange: (teamId: string) => void;
}

/** Whose limits hold beside a key's own. Hidden while there are no teams. */
export function TeamField({ teamId, onChange }: TeamFieldProps) {
  const t = useTranslations("keys.form");
  const { data: teams } = useTeams();
  if (teams === undefined || teams.length === 0) return null;
  return (
    <Field label={t("team")} hint={t("teamHint")}>
      {(control) => (
        <Select {...control} value={teamId} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("noTeam")}</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
