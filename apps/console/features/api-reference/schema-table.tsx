import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Prose } from "#components/prose";
import {
  describeBounds,
  describeType,
  fieldsOf,
  type JsonSchema,
  type OpenapiDocument,
  resolveSchema,
  type SchemaField,
} from "./openapi-document";

interface SchemaTableProps {
  document: OpenapiDocument;
  schema: JsonSchema;
}

/** The fields of a body; what has fields of its own opens in place. */
export function SchemaTable({ document, schema }: SchemaTableProps) {
  const t = useTranslations("apiReference");
  const fields = fieldsOf(document, schema);
  if (fields.length === 0) {
    return (
      <p className="text-small text-foreground-soft">
        <code className="font-mono text-label">{describeType(schema)}</code> {t("noFields")}
      </p>
    );
  }
  return <FieldList document={document} fields={fields} depth={0} />;
}

interface FieldListProps {
  document: OpenapiDocument;
  fields: readonly SchemaField[];
  depth: number;
}

const deepest = 6;

export function FieldList({ document, fields, depth }: FieldListProps) {
  return (
    <ul className={depth === 0 ? "divide-y rounded-lg border bg-surface" : "divide-y border-t"}>
      {fields.map((field) => (
        <FieldRow key={field.name} document={document} field={field} depth={depth} />
      ))}
    </ul>
  );
}

interface FieldRowProps {
  document: OpenapiDocument;
  field: SchemaField;
  depth: number;
}

function FieldRow({ document, field, depth }: FieldRowProps) {
  const t = useTranslations("apiReference");
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { schema } = resolveSchema(document, field.schema);
  const inner = depth < deepest ? fieldsOf(document, field.schema) : [];
  const bounds = describeBounds(schema);
  const values = schema.enum ?? schema.items?.enum;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const name = <code className="font-mono text-label font-semibold break-all">{field.name}</code>;
  return (
    <li className="px-3.5 py-2 text-small">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {inner.length === 0 ? (
          name
        ) : (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
            className="-ml-1 flex items-center gap-1 rounded hover:bg-muted"
          >
            <Chevron aria-hidden className="size-3.5 text-foreground-soft" />
            {name}
          </button>
        )}
        <span className="font-mono text-label break-all text-foreground-soft">{describeType(field.schema)}</span>
        {field.isRequired && <span className="text-label text-danger">{t("required")}</span>}
        {bounds.length > 0 && (
          <span className="text-label text-foreground-soft" lang="en">
            {bounds.join(", ")}
          </span>
        )}
      </div>
      {schema.description !== undefined && <Prose language="en" text={schema.description} className="mt-0.5" />}
      {values !== undefined && (
        <p className="mt-1 flex flex-wrap gap-1">
          {values.map((value) => (
            <code key={JSON.stringify(value)} className="rounded bg-muted px-1 font-mono text-tick">
              {JSON.stringify(value)}
            </code>
          ))}
        </p>
      )}
      {isOpen && (
        <div id={id} className="mt-2 -mr-3.5 -mb-2 border-l">
          <FieldList document={document} fields={inner} depth={depth + 1} />
        </div>
      )}
    </li>
  );
}
