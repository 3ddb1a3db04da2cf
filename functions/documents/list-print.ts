import { dayOf } from '../../shared/days.ts';
import type { Actor } from '../../shared/actor.ts';
import { seesWholeList } from '../cases/see.ts';
import { Problem } from '../http/problem.ts';
import { fullRows, listContext } from '../lists/contents.ts';
import type { Head } from '../store/case.ts';
import type { Table } from '../store/table.ts';
import type { Certificate } from './sealed-code.ts';
import type { CompiledList } from './compiled-list.ts';
import { listCertificate } from './list-certificate.ts';
import type { Mark } from './printing.ts';

/** A list of annex 1 as it is printed: its rows in its own order and numbered by it, 草稿 until it is sealed, with its code afterwards. Throws `Problem` for whoever may not see all of it. */
export async function printedList(table: Table, head: Head, actor: Actor, addressOf: (code: string) => string): Promise<CompiledList> {
  if (!seesWholeList(head.snapshot, actor)) throw new Problem('not-allowed', '整份清单由汇总的设区市或行业主管部门打印；本单位的行可在清单中查看', { needs: ['aggregator'] });
  const list = listContext(head.snapshot);
  const [rows, certificate] = await Promise.all([fullRows(table, list), listCertificate(table, head)]);
  return {
    head: { unit: list.unit.name, filedOn: certificate ? dayOf(certificate.at) : '' },
    rows: rows.map(({ seqNo, content }) => ({ ...content, seqNo })),
    mark: markOf(certificate, addressOf),
  };
}

function markOf(certificate: Certificate | undefined, addressOf: (code: string) => string): Mark {
  return certificate ? { draft: false, proof: { certificate, address: addressOf(certificate.code) } } : { draft: true };
}
