import { Alert, Button } from 'antd';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { freshKey, Refused, send } from '../api/client.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case, Json } from '../api/types.ts';
import { fieldOf, pointersOf } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';
import { fieldId } from '../forms/field-input.tsx';
import { argsSchema, type ApiDocument } from '../forms/schema.ts';
import { SchemaForm } from '../forms/schema-form.tsx';
import { useKept } from '../parts/kept.ts';
import { useFocusOn } from '../parts/use-focus-on.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { paths, type Collection } from '../paths.ts';
import { commandName, eventName } from '../words/names.ts';
import { pointerWords } from './pointer-words.ts';
import { t } from '../words/language.ts';

type Args = { readonly [name: string]: Json };

interface Props {
  readonly one: Case;
  readonly collection: Collection;
  readonly command: string;
  /** What the form begins with. */
  readonly first?: Args;
  readonly onLeave: () => void;
}

const nothing: Args = {};

/** The API's description, read once. */
const useApiDocument = () => useQuery({ queryKey: ['openapi'], queryFn: async () => (await (await fetch('/openapi.json')).json()) as ApiDocument, staleTime: Infinity });

/** The form of a command, made from the API's description of its arguments. What was typed survives a reload and a new sign-in. */
export function CommandForm({ one, collection, command, first = nothing, onLeave }: Props) {
  const [args, setArgs, forget] = useKept<Args>(`act.${one.id}.${command}`, first);
  const [moved, setMoved] = useState(false);
  const news = useFocusOn<HTMLDivElement>(moved);
  const navigate = useNavigate();
  const document = useApiDocument();
  const whole = withMirrors(one, args);
  // The same arguments on the same version are the same write, however often they are sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [args, one.version]);
  const sending = useMutation({
    mutationFn: () => send({ collection, id: one.id, command, args: whole, version: one.version, key }),
    onSuccess: async () => {
      forget();
      await navigate(paths.one(collection, one.id), { state: { notice: `${eventName(command)}${t('。')}` } });
      await afterDecision(collection, one.id);
    },
    onError: async (error) => {
      if (!(error instanceof Refused) || error.kind !== 'stale-version') return;
      setMoved(true);
      await afterDecision(collection, one.id);
    },
  });
  const stale = sending.error instanceof Refused && sending.error.kind === 'stale-version';
  const errors = sending.error instanceof Refused ? (sending.error.document.errors ?? []) : [];
  const label = commandName(command);
  return (
    <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); setMoved(false); sending.mutate(); }} aria-label={label}>
      <h2>{label}</h2>
      {moved && <div ref={news} tabIndex={-1}><Alert type="warning" showIcon role="alert" title={t('记录已被他人更新')} description={t('已为您读取最新内容。请核对后再次提交；您填写的内容还在。')} /></div>}
      {sending.error && !stale && <ProblemAlert error={sending.error} words={(pointer) => pointerWords(pagesOf(one.lifecycle), pointer)} onJump={jump} />}
      <Shown read={document} what={t('表单')}>
        {(api) => {
          const schema = argsSchema(api, collection, command);
          return schema ? <SchemaForm one={one} schema={schema} value={args} onChange={setArgs} errors={errors} /> : <p>{t('接口没有这个事项的说明。')}</p>;
        }}
      </Shown>
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={sending.isPending}>{t('确认{label}', { label })}</Button>
        <Button onClick={onLeave}>{t('返回')}</Button>
      </div>
    </form>
  );
}

function jump(pointer: string): void {
  const place = window.document.getElementById(fieldId(pointer));
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('input,textarea,select')?.focus();
}

/** A field that others repeat is marked with them: whoever corrects it must be able to correct all. */
function withMirrors(one: Case, args: Args): Args {
  const { items } = args;
  if (!Array.isArray(items)) return args;
  const pages = pagesOf(one.lifecycle);
  const widened = (items as readonly Args[]).flatMap((item) => {
    const field = fieldOf(pages, String(item['pointer'] ?? ''))?.field;
    return field && field.pointer === item['pointer'] ? pointersOf(pages, field).map((pointer) => ({ ...item, pointer })) : [item];
  });
  return { ...args, items: widened };
}
