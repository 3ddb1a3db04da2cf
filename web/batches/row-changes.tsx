import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';
import type { Reads } from '../api/types.ts';
import { t } from '../words/language.ts';

/** What a corrected edition says of one line. */
export type RowChange = NonNullable<Reads['/published/{batch}/editions']['answer']['items'][number]['changes']>[number];

type Entry = Reads['/published/{batch}']['answer']['items'][number];

interface Props {
  readonly half: string;
  /** The edition that the changes make; what stood before is in the one before it. */
  readonly edition: number;
  readonly reason: string;
  readonly changes: readonly RowChange[];
}

/** Why an edition corrects a list, and each line as it was and as it is. */
export function RowChanges({ half, edition, reason, changes }: Props) {
  const before = useQuery({ queryKey: ['entries', half, edition - 1], queryFn: () => entriesOf(half, edition - 1, changes.map(({ number }) => number)), staleTime: Infinity });
  const old = (number: string): Entry | undefined => before.data?.find((entry) => entry.number === number);
  return (
    <>
      <div className="quote">{t('更正：')}{reason}</div>
      <table className="table">
        <caption className="hidden">{t('第 {edition} 版更正的内容', { edition })}</caption>
        <thead><tr><th scope="col">{t('编号')}</th><th scope="col">{t('原为')}</th><th scope="col">{t('更正为')}</th></tr></thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.number}>
              <td data-head={t('编号')}>{change.number}</td>
              <td data-head={t('原为')}><del>{was(change, old(change.number))}</del></td>
              <td data-head={t('更正为')}>{change.change === 'strike' ? <b>{t('删去')}</b> : <ins>{[change.name, change.unitName].filter(Boolean).join(' · ')}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

// Only what changes is told, but all of a line that was struck.
function was(change: RowChange, entry: Entry | undefined): string {
  if (!entry) return '…';
  const parts = change.change === 'strike' ? [entry.name, entry.unitName] : [change.name && entry.name, change.unitName && entry.unitName];
  return parts.filter(Boolean).join(' · ');
}

/** The entries of an edition, as far as some numbers need it. */
async function entriesOf(half: string, edition: number, numbers: readonly string[]): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await read('/published/{batch}', { batch: half }, { edition, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.filter(({ number }) => numbers.includes(number)));
    cursor = page.next;
  } while (cursor !== undefined && found.length < numbers.length);
  return found;
}
