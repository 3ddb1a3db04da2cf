import { Link } from 'react-router';
import { useJournal, type JournalEntry } from '../api/money-queries.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { accountName, eventName, fundLineName } from '../words/names.ts';
import { useYear, YearChoice } from './year-choice.tsx';

/** Every entry of a year in double entry, in the order of time. */
export function Journal() {
  const year = useYear();
  const journal = useJournal(year);
  return (
    <>
      <form className="filters no-print" aria-label={t('筛选')} onSubmit={(event) => event.preventDefault()}><YearChoice /></form>
      <Shown read={journal} what={t('分录')}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          if (entries.length === 0) return <Nothing><p>{t('{year} 年还没有分录。', { year })}</p></Nothing>;
          return (
            <>
              <table className="table">
                <caption className="hidden">{t('分录')}</caption>
                <thead><tr><th scope="col">{t('时间')}</th><th scope="col">{t('事项')}</th><th scope="col">{t('账户')}</th><th scope="col">{t('预算科目')}</th></tr></thead>
                <tbody>{entries.map((entry) => <Entry key={`${entry.case} ${entry.n}`} entry={entry} />)}</tbody>
              </table>
              <MoreButton list={journal} shown={entries.length} />
            </>
          );
        }}
      </Shown>
    </>
  );
}

function Entry({ entry: { at, command, lines, title } }: { readonly entry: JournalEntry }) {
  const scenario = lines.find((line) => line.scenario)?.scenario;
  return (
    <tr>
      <td data-head={t('时间')}>{atMinute(at)}</td>
      <td data-head={t('事项')}><div>{eventName(command)}{scenario && <><br /><Link className="note" to={paths.one('scenarios', scenario, 'money')}>{title ?? scenario}</Link></>}</div></td>
      <td data-head={t('账户')}>
        <ul className="entry">{lines.map((line) => <li key={line.account + line.line}>{t(line.fen > 0 ? '借' : '贷')} {accountName(line.account)} {yuan(Math.abs(line.fen))}</li>)}</ul>
      </td>
      <td data-head={t('预算科目')}>{[...new Set(lines.map((line) => fundLineName(line.line)))].join(t('、'))}</td>
    </tr>
  );
}
