import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { freshKey, send } from '../api/client.ts';
import { useCorrection, useFormalCheck } from '../api/filing-queries.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { CommandForm } from '../case/command-form.tsx';
import { marksOf } from '../case/marks.ts';
import { pointerWords } from '../case/pointer-words.ts';
import { fieldId } from '../forms/field-input.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { paths } from '../paths.ts';
import { CheckList } from '../review/check-list.tsx';
import { articleName, commandName } from '../words/names.ts';
import type { Draft } from './draft.ts';
import { askedFor, touches, type FormPage } from './fields.ts';
import { FormView } from './form-view.tsx';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

interface Props {
  readonly one: Case;
  readonly pages: readonly FormPage[];
  readonly draft: Draft;
}

/** What the formal check finds, each with its way there; all answers as they will be sent; and the sending. */
export function CheckPage({ one, pages, draft }: Props) {
  // What the API says about submitting depends on what it has: it gets the draft first.
  const { save } = draft;
  useEffect(() => void save(), [save]);
  return (
    <>
      <Preflight one={one} pages={pages} draft={draft} />
      {marksOf(one).length > 0 && draft.saved.state === 'saved' && <Untouched one={one} pages={pages} />}
      <h2>{t('核对填写的内容')}</h2>
      <FormView pages={pages} form={draft.form} beside={(page) => <Link className="no-print" to={paths.filingPage(one.id, page.id)}>{t('修改')}<span className="hidden">{page.title}</span></Link>} />
      <Submitting one={one} draft={draft} />
    </>
  );
}

/** The formal check before a submission: by the very rules that the officer's check goes by. */
function Preflight({ one, pages, draft }: Props) {
  const arrived = draft.saved.state === 'saved';
  const check = useFormalCheck(one.id, one.version, arrived);
  const placeOf = (pointer: string): string | undefined => {
    if (pointer.startsWith('/attachments/')) return paths.filingPage(one.id, 'files');
    const found = askedFor(pages, pointer);
    return found && `${paths.filingPage(one.id, found.page.id)}#${fieldId(found.field.pointer)}`;
  };
  const wordsFor = (pointer: string): string => pointerWords(pages, askedFor(pages, pointer)?.field.pointer ?? pointer);
  return (
    <section className="card" aria-labelledby="gaps">
      <h2 id="gaps">{t('提交前自查')}</h2>
      {arrived ? <Shown read={check} what={t('自查结果')}>{({ items }) => <CheckList items={items} words={wordsFor} placeOf={placeOf} />}</Shown> : <p role="status">{draft.saved.state === 'failed' || draft.saved.state === 'conflict' ? t('草稿还没有保存到系统，保存后才能自查。') : t('正在保存草稿，随后自查……')}</p>}
    </section>
  );
}

/** Places that were returned and are as they were: it may be right, but mostly something was forgotten. */
function Untouched({ one, pages }: Pick<Props, 'one' | 'pages'>) {
  const { data } = useCorrection(one.id, one.version, true);
  const open = (data?.items ?? []).filter(({ pointer }) => !pointer.startsWith('/attachments/') && !data?.changes.some((change) => touches(pointer, change.pointer)));
  if (open.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('退回意见指出的 {count} 处还没有改动', { count: open.length })}
      description={<ul className="errors">{open.map(({ pointer, reason }) => <li key={pointer}>{t('{name}：{value}', { name: pointerWords(pages, askedFor(pages, pointer)?.field.pointer ?? pointer), value: reason })}</li>)}</ul>}
    />
  );
}

/** The command that sends a filing on, whichever the API offers here. */
function Submitting({ one, draft }: { readonly one: Case; readonly draft: Draft }) {
  const navigate = useNavigate();
  const offers = ['submit', 'resubmit', 'amendForm', 'askFundingClass'].flatMap((command) => one.offers.filter((offer) => offer.command === command));
  const allowed = offers.find((offer) => offer.allowed && offer.command !== 'askFundingClass');
  if (allowed?.command === 'amendForm') return <Amending one={one} draft={draft} />;
  if (allowed && draft.saved.state === 'saved') return <CommandForm one={one} collection="scenarios" command={allowed.command} onLeave={() => void navigate(paths.filing(one.id))} />;
  return (
    <ul className="offers">
      {offers.filter((offer) => offer.command !== 'amendForm').map((offer) => (
        <li key={offer.command} data-command={offer.command}>
          {offer.allowed && offer.command === 'askFundingClass'
            ? <LinkButton to={paths.act('scenarios', one.id, offer.command)}>{commandName('askFundingClass')}</LinkButton>
            : <Button className="greyed" aria-disabled="true" aria-describedby={`why-${offer.command}`}>{commandName(offer.command)}</Button>}
          <div className="why" id={`why-${offer.command}`}>
            <p>{whyNot(offer) ?? (offer.command === 'askFundingClass' ? '' : t('正在保存草稿，保存后可以提交。'))}</p>
            {offer.refusal?.article && <p className="note">{`${t('依据：')}${articleName(offer.refusal.article)}`}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A change that was agreed to is sent once and as a whole. */
function Amending({ one, draft }: { readonly one: Case; readonly draft: Draft }) {
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const amend = async () => {
    await send({ collection: 'scenarios', id: one.id, command: 'amendForm', args: { form: draft.form ?? {} }, version: one.version, key: freshKey() });
    await navigate(paths.one('scenarios', one.id), { state: { notice: t('已提交变更内容。') } });
    await afterDecision('scenarios', one.id);
  };
  return <div className="card">{error !== undefined && <ProblemAlert error={error} />}<Button type="primary" onClick={() => void amend().catch(setError)}>{commandName('amendForm')}</Button></div>;
}
