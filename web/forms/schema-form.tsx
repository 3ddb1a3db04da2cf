import { Button } from 'antd';
import type { Case, Json } from '../api/types.ts';
import { withValue } from '../filing/fields.ts';
import { argumentName } from '../words/names.ts';
import { FieldInput, fieldId } from './field-input.tsx';
import { fieldFor, type Schema } from './schema.ts';
import { SpecialInput, isSpecial } from './special-input.tsx';
import { hintOf } from '../words/choices.ts';
import { t } from '../words/language.ts';

/** Errors by pointer, as a problem document lists them. */
export type Errors = readonly { readonly pointer: string; readonly detail: string }[];

interface Props {
  readonly one: Case;
  readonly schema: Schema;
  readonly value: { readonly [name: string]: Json };
  readonly onChange: (value: { readonly [name: string]: Json }) => void;
  readonly errors: Errors;
  readonly pointer?: string;
}

/** The members of an object of arguments, each with the editor of its type: made from the API's description, whatever the command. */
export function SchemaForm({ one, schema, value, onChange, errors, pointer = '' }: Props) {
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, member]) => (
        <Member
          key={name}
          one={one}
          name={name}
          schema={member}
          optional={!(schema.required ?? []).includes(name)}
          value={value[name]}
          onChange={(next) => onChange(withMember(value, name, next))}
          errors={errors}
          pointer={`${pointer}/${name}`}
        />
      ))}
    </>
  );
}

function withMember(value: { readonly [name: string]: Json }, name: string, next: Json | undefined): { readonly [name: string]: Json } {
  return withValue(value, `/${name}`, next);
}

interface MemberProps {
  readonly one: Case;
  readonly name: string;
  readonly schema: Schema;
  readonly optional: boolean;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly errors: Errors;
  readonly pointer: string;
}

function Member(props: MemberProps) {
  const { one, name, schema, optional, value, onChange, errors, pointer } = props;
  const own = errors.filter((error) => error.pointer === pointer).map((error) => error.detail);
  if (isSpecial(name, schema, one, pointer)) return <SpecialInput {...props} errors={own} />;
  const field = fieldFor(name, schema, pointer, optional);
  if (field) return <FieldInput field={field} value={value} onChange={onChange} errors={own} />;
  if (schema.type === 'array' && schema.items) return <Rows {...props} schema={schema.items} />;
  return (
    <fieldset className="field">
      <legend>{argumentName(name)}</legend>
      <SchemaForm one={one} schema={schema} value={(value as { readonly [member: string]: Json } | undefined) ?? {}} onChange={onChange} errors={errors} pointer={pointer} />
    </fieldset>
  );
}

// Rows of a list may be empty while they are typed, so they are kept whole here.
function Rows({ one, name, schema, optional, value, onChange, errors, pointer }: MemberProps) {
  const rows = Array.isArray(value) ? (value as readonly { readonly [name: string]: Json }[]) : [];
  const shown = rows.length === 0 ? [{}] : rows;
  const own = errors.filter((error) => error.pointer === pointer).map((error) => error.detail);
  return (
    <fieldset className="field" id={fieldId(pointer)}>
      <legend>{argumentName(name)}{optional && <span className="note">{t('（选填）')}</span>}</legend>
      {hintOf(name) && <p className="hint">{hintOf(name)}</p>}
      {own.length > 0 && <p className="wrong">{own.join(t('；'))}</p>}
      {shown.map((row, index) => (
        // oxlint-disable-next-line no-array-index-key -- rows have no id of their own and are not reordered
        <div key={index} className="card">
          <SchemaForm one={one} schema={schema} value={row} onChange={(next) => onChange(shown.map((each, at) => (at === index ? next : each)))} errors={errors} pointer={`${pointer}/${index}`} />
          {shown.length > 1 && <Button onClick={() => onChange(shown.filter((_, at) => at !== index))}>{t('移除这一项')}</Button>}
        </div>
      ))}
      <Button onClick={() => onChange([...shown, {}])}>{t('再加一项')}</Button>
    </fieldset>
  );
}
