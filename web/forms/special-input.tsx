import { useId } from 'react';
import { attachmentParts } from '../../shared/contracts/attachments.ts';
import { useAuthorities, useSigners, useExperts, useFiles } from '../api/queries.ts';
import type { Case, Json } from '../api/types.ts';
import { pagesOf } from '../filing/forms.ts';
import { argumentName } from '../words/names.ts';
import { fieldId } from './field-input.tsx';
import type { Schema } from './schema.ts';
import { hintOf, partName } from '../words/choices.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly one: Case;
  readonly name: string;
  readonly optional: boolean;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly errors: readonly string[];
  readonly pointer: string;
}

const authorities = new Set(['handler', 'leadUnit', 'departments']);
const expertLists = new Set(['experts', 'alternates']);
const colleagues = new Set(['signers', 'signer', 'to']);
const several = new Set(['departments', 'experts', 'alternates', 'signers']);

/** Whether an argument is chosen from what the case or the directory holds, instead of typed. */
export function isSpecial(name: string, schema: Schema, one: Case, pointer: string): boolean {
  // Who accepts a scenario is written by name, who reviews it is chosen by id.
  const byId = schema.items?.pattern?.startsWith('^[A-Za-z0-9]') ?? false;
  return authorities.has(name) || (expertLists.has(name) && byId) || colleagues.has(name) || name === 'pointer' || (name === 'attachment' && byIdOf(schema)) || optionsIn(name, one, pointer).length > 0;
}

const byIdOf = ({ pattern, allOf = [] }: Schema): boolean => [pattern, ...allOf.map((each) => each.pattern)].some((each) => each?.startsWith('^[A-Za-z0-9]'));

/** An argument that is chosen: an authority, a part of the filing, something that the case holds. */
export function SpecialInput({ one, name, optional, value, onChange, errors, pointer }: Props) {
  const id = useId();
  const hint = hintOf(name);
  const many = several.has(name);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const change = (text: string): void => onChange(many ? [...new Set([...chosen, text])] : text);
  return (
    <div className="field" id={fieldId(pointer)}>
      <label htmlFor={id}>{argumentName(name)}{optional && <span className="note">{t('（选填）')}</span>}</label>
      {many && chosen.map((each) => <div key={each} className="row"><ChosenName name={name} id={each} /> <button type="button" className="link" onClick={() => onChange(chosen.filter((other) => other !== each))}>{t('移除')}<span className="hidden">{each}</span></button></div>)}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      <select id={id} aria-describedby={hint ? `${id}-hint` : undefined} value={many ? '' : String(value ?? '')} onChange={(event) => change(event.target.value)} aria-invalid={errors.length > 0 || undefined}>
        <option value="">{t('请选择')}</option>
        <Options name={name} one={one} pointer={pointer} />
      </select>
      {errors.length > 0 && <p className="wrong">{errors.join(t('；'))}</p>}
    </div>
  );
}

function ChosenName({ name, id }: { readonly name: string; readonly id: string }) {
  const authority = useAuthorities().data?.items.find((each) => each.id === id);
  const expert = useExperts(expertLists.has(name)).data?.items.find((each) => each.id === id);
  const colleague = useSigners(colleagues.has(name)).data?.items.find((each) => each.id === id);
  return <>{authority?.name ?? colleague?.name ?? (expert ? t('{name}（{aside}）', { name: expert.name, aside: expert.orgName }) : id)}</>;
}

function Options({ name, one, pointer }: { readonly name: string; readonly one: Case; readonly pointer: string }) {
  if (authorities.has(name)) return <AuthorityOptions one={one} />;
  if (name === 'pointer') return <PointerOptions one={one} />;
  if (expertLists.has(name)) return <ExpertOptions />;
  if (colleagues.has(name)) return <SignerOptions />;
  if (name === 'attachment') return <FileOptions one={one} />;
  return <>{optionsIn(name, one, pointer).map((each) => <option key={each} value={each}>{each}</option>)}</>;
}

/** The files that the case holds, with what each of them is. */
function FileOptions({ one }: { readonly one: Case }) {
  const files = useFiles(one.id).data?.items.filter(({ status }) => status === 'confirmed') ?? [];
  return <>{files.map(({ id, part, name }) => <option key={id} value={id}>{t('{name}：{text}', { name: partName(part), text: name })}</option>)}</>;
}

function SignerOptions() {
  return <>{useSigners(true).data?.items.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}</>;
}

function ExpertOptions() {
  return <>{useExperts(true).data?.items.map((each) => <option key={each.id} value={each.id}>{t('{name}（{aside}）', { name: each.name, aside: each.orgName })}</option>)}</>;
}

// Those of the case's own place and sectors come first; whether one may take the case, the API says.
function AuthorityOptions({ one }: { readonly one: Case }) {
  const items = useAuthorities().data?.items ?? [];
  const { unit, division, sectors } = one.context as { readonly unit?: { readonly division?: string; readonly sector?: string | null }; readonly division?: string; readonly sectors?: readonly string[] };
  const near = items.filter((each) => (each.office === 'city' ? [division, unit?.division].some((code) => code?.slice(0, 4) === each.division.slice(0, 4)) : each.sector !== undefined && (each.sector === unit?.sector || sectors?.includes(each.sector))));
  const far = items.filter((each) => !near.includes(each));
  const option = (each: (typeof items)[number]) => <option key={each.id} value={each.id}>{each.name}</option>;
  return <><optgroup label={t('本地区、本行业')}>{near.map(option)}</optgroup><optgroup label={t('其他')}>{far.map(option)}</optgroup></>;
}

function PointerOptions({ one }: { readonly one: Case }) {
  return (
    <>
      {pagesOf(one.lifecycle).map((page) => (
        <optgroup key={page.id} label={page.title}>{page.fields.filter((field) => !field.from).map((field) => <option key={field.pointer} value={field.pointer}>{field.label}</option>)}</optgroup>
      ))}
      <optgroup label={t('附件')}>{Object.keys(attachmentParts).map((part) => <option key={part} value={`/attachments/${part}`}>{partName(part)}</option>)}</optgroup>
    </>
  );
}

function openMilestones(milestones: readonly Json[]): readonly string[] {
  return (milestones as readonly { readonly name: string; readonly doneOn: string | null }[]).filter(({ doneOn }) => doneOn === null).map(({ name }) => name);
}

/** What the case holds for an argument of this name. */
function optionsIn(name: string, { context }: Case, pointer: string): readonly string[] {
  const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
  switch (name) {
    // A milestone is chosen where it is completed or forecast, and named where it is planned.
    case 'name':
      return pointer === '/name' || pointer.startsWith('/forecasts/') ? openMilestones(list(context['milestones'])) : [];
    case 'expert':
      return list(((context['acceptance'] ?? context) as { readonly experts?: Json }).experts).map(String);
    case 'finding':
      return list(context['findings']).map(String);
    case 'listSha256':
      return typeof context['listSha256'] === 'string' ? [context['listSha256']] : [];
    default:
      return [];
  }
}
