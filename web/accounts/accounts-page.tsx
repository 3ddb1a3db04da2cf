import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { read } from '../api/client.ts';
import { queryClient, useMe } from '../api/queries.ts';
import { OrganisationInput } from '../forms/organisation-input.tsx';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { roleNames } from '../words/names.ts';
import { t } from '../words/language.ts';
import { AccountRow } from './account-row.tsx';
import type { Accounts } from './accounts.ts';
import { NewAccount } from './new-account.tsx';
import { NewUnit } from './new-unit.tsx';

const key = ['unit-accounts'];

/** The people of a unit: its administrator registers, changes and suspends them; the authority above it does so for the units of its area, and registers new units. The address holds which unit. */
export function AccountsPage() {
  const [query, setQuery] = useSearchParams();
  const me = useMe(true).data;
  const [said, setSaid] = useState('');
  const superior = me?.roles.some((role) => role === 'aggregator' || role === 'bureauOfficer' || role === 'bureauLeader') ?? false;
  const org = query.get('org') ?? (superior ? undefined : me?.org.id);
  const choose = (next: string | undefined) => next !== undefined && setQuery({ org: next }, { replace: true });
  const accounts = useQuery({ queryKey: [...key, org], queryFn: () => read('/unit-accounts', {}, { org: org ?? '' }), enabled: org !== undefined });
  const done = async (answer: Accounts, words: string) => {
    setSaid(words);
    queryClient.setQueryData([...key, answer.unit.id], answer);
    if (answer.unit.id !== org) choose(answer.unit.id);
  };
  return (
    <Page title={t('单位账号')}>
      <p className="note">{t('账号是统一身份认证中的用户编号。停用立即生效，办理过的记录不变；每次变更都留有记录。')}</p>
      {superior && <section className="card" aria-labelledby="which-unit"><h2 id="which-unit"><label htmlFor="account-unit">{t('办理哪个单位的账号')}</label></h2><OrganisationInput id="account-unit" value={org ?? ''} invalid={false} onChange={choose} /></section>}
      <p role="status" className="done">{said}</p>
      {org !== undefined && <Shown read={accounts} what={t('单位账号')}>{(found) => <OfUnit found={found} me={me?.person ?? ''} onDone={done} />}</Shown>}
      {superior && <NewUnit onDone={done} />}
    </Page>
  );
}

interface Props {
  readonly found: Accounts;
  readonly me: string;
  readonly onDone: (answer: Accounts, words: string) => Promise<void>;
}

function OfUnit({ found, me, onDone }: Props) {
  const { unit, items, log } = found;
  return (
    <>
      <section className="card" aria-labelledby="unit-people">
        <h2 id="unit-people">{unit.name}</h2>
        {items.length === 0 ? <p className="note">{t('这个单位还没有账号。')}</p> : (
          <ul className="offers">{items.map((one) => <AccountRow key={one.person} one={one} own={one.person === me} onDone={onDone} />)}</ul>
        )}
      </section>
      <NewAccount key={unit.id} unit={unit} onDone={onDone} />
      <section className="card" aria-labelledby="account-log">
        <h2 id="account-log">{t('变更记录')}</h2>
        {log.length === 0 ? <p className="note">{t('还没有变更。')}</p> : (
          <ul className="offers">{log.map((note) => (
            <li key={`${note.at}${note.person}`}><div className="why"><p>{t('{at} {by}（{org}）：{change} {name}（{person}，{roles}）', { at: atMinute(note.at), by: note.by, org: note.byOrg, change: t(changeNames[note.change]), name: note.name, person: note.person, roles: roleNames(note.roles) })}</p><p className="note">{note.reason}</p></div></li>
          ))}</ul>
        )}
      </section>
    </>
  );
}

const changeNames = { registered: '登记', changed: '更改角色', suspended: '停用', restored: '恢复' } as const;
