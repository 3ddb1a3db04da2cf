import { Button } from 'antd';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { bulkCommands } from '../../shared/contracts/bulk.ts';
import { freshKey, write } from '../api/client.ts';
import { caseQuery, keys, queryClient } from '../api/queries.ts';
import type { Case, Json, Writes } from '../api/types.ts';
import { argsSchema, type ApiDocument } from '../forms/schema.ts';
import { SchemaForm } from '../forms/schema-form.tsx';
import { MeetingPapers } from '../meetings/meeting-papers.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Loading, Nothing, Shown, StateTags } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { commandName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

type BulkCommand = (typeof bulkCommands)[number];
type Results = Writes['/decisions']['answer']['items'];

/** One decision on several scenarios: each is decided by itself, and says by itself what came of it. The address holds which. */
export function BulkPage() {
  const [query] = useSearchParams();
  const ids = (query.get('ids') ?? '').split(',').filter(Boolean);
  const reads = useQueries({ queries: ids.map((id) => caseQuery('scenarios', id)) });
  const failed = reads.find(({ error }) => error);
  const cases = reads.flatMap(({ data }) => data ?? []);
  return (
    <Page title={t('批量办理')}>
      {ids.length === 0 && <Nothing><p>{t('请在')}<Link to={paths.list('scenarios')}>{t('场景列表')}</Link>{t('中选择场景。')}</p></Nothing>}
      {failed && <ProblemAlert error={failed.error} />}
      {!failed && ids.length > 0 && (cases.length < ids.length ? <Loading what={t('场景')} /> : <><Deciding cases={cases} /><MeetingPapers ids={ids} /></>)}
    </Page>
  );
}

function Deciding({ cases }: { readonly cases: readonly Case[] }) {
  const [command, setCommand] = useState<BulkCommand>();
  const [args, setArgs] = useState<{ readonly [name: string]: Json }>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<Results>();
  const api = useQuery({ queryKey: ['openapi'], queryFn: async () => (await (await fetch('/openapi.json')).json()) as ApiDocument, staleTime: Infinity });
  // The same decision is the same write, however often it is sent.
  // oxlint-disable-next-line react/exhaustive-deps -- the key belongs to what is sent
  const key = useMemo(freshKey, [command, args]);
  const offered = bulkCommands.filter((each) => cases.some((one) => one.offers.some((offer) => offer.command === each)));
  const decide = async () => {
    if (!command) return;
    const { items } = await write('/decisions', {}, { command, args, cases: cases.map(({ id, version }) => ({ id, version })) }, key);
    setResults(items);
    await Promise.all([keys.tasks, keys.lists, ['case']].map((queryKey) => queryClient.invalidateQueries({ queryKey: [...queryKey], refetchType: 'none' })));
  };
  const [first] = cases;
  return (
    <>
      <CaseTable cases={cases} command={command} results={results} />
      {results === undefined && (offered.length === 0 ? <Nothing><p>{t('所选场景现在没有可以批量办理的事项。')}</p></Nothing> : (
        <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); setBusy(true); setError(undefined); decide().catch(setError).finally(() => setBusy(false)); }}>
          <div className="field"><label htmlFor="bulk-command">{t('事项')}</label>
            <select id="bulk-command" value={command ?? ''} onChange={(event) => { setCommand(bulkCommands.find((each) => each === event.target.value)); setArgs({}); }}>
              <option value="">{t('请选择')}</option>
              {offered.map((each) => <option key={each} value={each}>{commandName(each)}</option>)}
            </select>
          </div>
          {command && first && <Shown read={api} what={t('表单')}>{(document) => { const schema = argsSchema(document, 'scenarios', command); return schema ? <SchemaForm one={first} schema={schema} value={args} onChange={setArgs} errors={[]} /> : null; }}</Shown>}
          {error !== undefined && <ProblemAlert error={error} />}
          <div className="buttons"><Button type="primary" htmlType="submit" loading={busy} disabled={!command}>{command ? t('对 {count} 个场景{command}', { count: cases.length, command: commandName(command) }) : t('确认')}</Button></div>
        </form>
      ))}
    </>
  );
}

interface TableProps {
  readonly cases: readonly Case[];
  readonly command: BulkCommand | undefined;
  readonly results: Results | undefined;
}

function CaseTable({ cases, command, results }: TableProps) {
  return (
    <table className="table">
      <caption className="hidden">{t('所选场景')}</caption>
      <thead><tr><th scope="col">{t('场景')}</th><th scope="col">{t('环节')}</th><th scope="col">{results ? t('结果') : t('能否办理')}</th></tr></thead>
      <tbody>
        {cases.map((one) => {
          const result = results?.find(({ id }) => id === one.id);
          return (
            <tr key={one.id}>
              <td data-head={t('场景')}><Link to={paths.one('scenarios', one.id)}>{one.title || one.id}</Link></td>
              <td data-head={t('环节')}><StateTags lifecycle={one.lifecycle} leaves={result?.ok ? result.state : one.state} /></td>
              <td data-head={t('结果')}>{result ? (result.ok ? <span className="done">{t('✓ 已办理')}</span> : <span className="late">{result.problem.detail}</span>) : command && canDo(one, command)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function canDo(one: Case, command: BulkCommand): string {
  const offer = one.offers.find((each) => each.command === command);
  return offer?.allowed ? t('可以') : (whyNot(offer) ?? t('当前环节不能办理'));
}
