import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import type { Case, OfferOutput } from '../api/types.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { needsLine } from '../parts/problem-alert.tsx';
import { Loading, Nothing } from '../parts/states.tsx';
import type { Collection } from '../paths.ts';
import { figuresLine } from '../parts/figures-line.ts';
import { articleName, commandName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';
import { CommandForm } from './command-form.tsx';
import { useFirstArgs } from './first-args.ts';
import { commandPath } from './summary.tsx';

/** Every command that the API offers the reader here: possible ones open their form, the others say why not, on what ground, and who could. */
export function ActTab({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const [query, setQuery] = useSearchParams();
  const chosen = query.get('do');
  const offer = one.offers.find((each) => each.command === chosen && each.allowed);
  if (offer) return <OpenForm key={offer.command} one={one} collection={collection} command={offer.command} onLeave={() => setQuery({})} />;
  if (one.offers.length === 0) return <Nothing><p>{t('这个案件现在没有您的角色可以办理的事项。')}</p></Nothing>;
  const allowedFirst = one.offers.toSorted((a, b) => Number(b.allowed) - Number(a.allowed));
  return <ul className="offers">{allowedFirst.map((each) => <OfferRow key={each.command} offer={each} to={commandPath(one, collection, each.command)} />)}</ul>;
}

function OpenForm(props: { readonly one: Case; readonly collection: Collection; readonly command: string; readonly onLeave: () => void }) {
  const first = useFirstArgs(props.one, props.command);
  return first === undefined ? <Loading what={commandName(props.command)} /> : <CommandForm {...props} first={first} />;
}

function OfferRow({ offer, to }: { readonly offer: OfferOutput; readonly to: string }) {
  const label = commandName(offer.command);
  const reason = `why-${offer.command}`;
  if (offer.allowed) return <li data-command={offer.command}><LinkButton to={to} primary>{label}</LinkButton></li>;
  const { article, needs, figures } = offer.refusal ?? {};
  return (
    <li data-command={offer.command}>
      {/* Greyed and still reachable by keyboard, so that the reason can be read. */}
      <Button aria-disabled="true" aria-describedby={reason} className="greyed">{label}</Button>
      <div className="why" id={reason}>
        <p>{whyNot(offer) ?? t('现在不能办理')}</p>
        {figuresLine(figures).map((line) => <p key={line} className="note">{line}</p>)}
        {article && <p className="note">{t('依据：')}{articleName(article)}</p>}
        {needsLine(needs).map((line) => <p key={line} className="note">{line}</p>)}
      </div>
    </li>
  );
}
