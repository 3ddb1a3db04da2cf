import { Alert, Button } from 'antd';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { download, freshKey } from '../api/client.ts';
import { useRows, type WholeList } from '../api/list-queries.ts';
import { afterDecision } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { useKept } from '../parts/kept.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Shown } from '../parts/states.tsx';
import { AssignRow } from './assign-row.tsx';
import { ImportBox } from './import-box.tsx';
import { RemoveRow } from './remove-row.tsx';
import { saveSheet, wrongCells, type Wrong } from './saving.ts';
import { SealBox } from './seal-box.tsx';
import { SheetGrid } from './sheet-grid.tsx';
import { blankRow, columns, isChanged, sheetOf, type SheetRow } from './sheet.ts';
import { columnName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { whyNot } from '../words/reasons.ts';

/** The rows of a list as a spreadsheet: written, pasted, imported, put in order, saved, printed and sealed here. */
export function RowsTab({ one }: { readonly one: Case }) {
  const rows = useRows(one.id, one.version);
  const assigned = useRef<string | undefined>(undefined);
  return <Shown read={rows} what={t('清单')}>{(list) => <Workbench key={list.version} one={one} list={list} assigned={assigned} />}</Shown>;
}

interface WorkbenchProps {
  readonly one: Case;
  readonly list: WholeList;
  /** The row whose unit was asked for last: the sheet is made anew with each version, and gives it the focus back. */
  readonly assigned: RefObject<string | undefined>;
}

function Workbench({ one, list, assigned }: WorkbenchProps) {
  const [sheet, setSheet, forget] = useKept<readonly SheetRow[]>(`sheet.${one.id}.${list.version}`, sheetOf(list.rows));
  const [error, setError] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const [removing, setRemoving] = useState<SheetRow>();
  const [assigning, setAssigning] = useAssigning(assigned);
  const offer = (command: string) => one.offers.find((each) => each.command === command);
  const may = (command: string): boolean => offer(command)?.allowed ?? false;
  const wrong = wrongCells(sheet);
  const before = list.rows.map(({ row }) => row);
  const isMoved = sheet.flatMap(({ id }) => id ?? []).join() !== before.join();
  const changed = sheet.filter(isChanged).length;
  const save = async () => {
    setSaving(true);
    setError(undefined);
    try {
      await saveSheet(one.id, list.version, sheet, before);
      forget();
    } catch (caught) {
      setError(caught);
    } finally {
      setSaving(false);
      await afterDecision('lists', one.id);
    }
  };
  const state = { changed, isMoved, isWrong: wrong.length > 0, saving };
  return (
    <>
      <Toolbar one={one} state={state} mayAdd={may('proposeRows')} onSave={() => void save()} onAdd={() => setSheet([...sheet, blankRow(freshKey())])} onDrop={() => setSheet(sheetOf(list.rows))} onError={setError} />
      {!may('proposeRows') && <p className="note">{whyNot(offer('proposeRows')) ?? t('现在不能修改清单。')}</p>}
      {error !== undefined && <ProblemAlert error={error} words={cellWords} />}
      {wrong.length > 0 && <WrongCells wrong={wrong} />}
      {removing?.id !== undefined && <RemoveRow one={one} row={removing.id} onLeave={() => setRemoving(undefined)} />}
      {assigning?.id !== undefined && <AssignRow key={assigning.id} one={one} row={assigning.id} place={sheet.indexOf(assigning) + 1} onLeave={() => setAssigning(undefined)} />}
      {sheet.length === 0
        ? <p className="nothing">{t('清单还没有行。可以从Excel导入，或增加一行后把Excel中复制的内容粘贴进来。')}</p>
        : <SheetGrid sheet={sheet} wrong={wrong} mayEdit={may('editRow') || may('proposeRows')} mayOrder={may('orderRows')} newKey={freshKey} onChange={setSheet}
            onAssign={may('assignRow') ? setAssigning : undefined}
            onRemove={may('removeRow') ? (row) => (row.id === undefined ? setSheet(sheet.filter((each) => each !== row)) : setRemoving(row)) : undefined} />}
      <p className="note no-print">{t('方向键移动，回车修改，Ctrl+回车完成，Esc放弃；可以直接粘贴从Excel复制的多行多列。拖动序号、点箭头或按Alt加上下方向键调整顺序。没有保存的修改留在本机。')}</p>
      {may('proposeRows') && <ImportBox one={one} version={list.version} />}
      <Sealing one={one} list={list} isClean={changed === 0 && !isMoved} />
    </>
  );
}

/** The seal, or why it cannot be set now. */
function Sealing({ one, list, isClean }: { readonly one: Case; readonly list: WholeList; readonly isClean: boolean }) {
  const offer = one.offers.find((each) => each.command === 'sealList');
  if (!offer) return null;
  if (!offer.allowed) return <p className="note">{t('现在不能盖章：')}{whyNot(offer)}</p>;
  return list.digests ? <SealBox one={one} list={list} digests={list.digests} isClean={isClean} /> : null;
}

/** The row whose unit is being named; when none is any more, the focus goes back to where it was asked from. */
function useAssigning(assigned: RefObject<string | undefined>) {
  const [assigning, setAssigning] = useState<SheetRow>();
  useEffect(() => {
    if (assigning) assigned.current = assigning.id;
    else if (assigned.current) {
      document.querySelector<HTMLElement>(`[data-assign="${assigned.current}"]`)?.focus();
      assigned.current = undefined;
    }
  }, [assigning, assigned]);
  return [assigning, setAssigning] as const;
}

interface ToolbarProps {
  readonly one: Case;
  readonly state: { readonly changed: number; readonly isMoved: boolean; readonly isWrong: boolean; readonly saving: boolean };
  readonly mayAdd: boolean;
  readonly onSave: () => void;
  readonly onAdd: () => void;
  readonly onDrop: () => void;
  readonly onError: (error: unknown) => void;
}

function Toolbar({ one, state: { changed, isMoved, isWrong, saving }, mayAdd, onSave, onAdd, onDrop, onError }: ToolbarProps) {
  const isClean = changed === 0 && !isMoved;
  const print = (name: string, ending: string) => () => void download(`/lists/${one.id}/documents/${name}`, `${one.title || t('场景清单')}${ending}`).catch(onError);
  return (
    <div className="buttons no-print">
      <Button type="primary" loading={saving} disabled={isClean || isWrong} onClick={onSave}>{changed > 0 ? t('保存 {count} 行修改', { count: changed }) : t(isMoved ? '保存顺序' : '保存')}</Button>
      <Button disabled={!mayAdd} onClick={onAdd}>{t('增加一行')}</Button>
      {!isClean && <Button onClick={onDrop}>{t('放弃修改')}</Button>}
      <Button onClick={print('annex1.xlsx', '.xlsx')}>{t('下载Excel')}</Button>
      <Button onClick={print('annex1.docx', '.docx')}>{t('下载Word')}</Button>
    </div>
  );
}

const mostTold = 12;

function WrongCells({ wrong }: { readonly wrong: readonly Wrong[] }) {
  const lines = wrong.slice(0, mostTold).map((cell) => {
    const found = columns.find(({ key }) => key === cell.column);
    return <li key={`${cell.row} ${cell.column}`}>{t('第 {row} 行“{column}”：', { row: cell.row, column: found ? columnName(found) : '' })}{t(cell.detail)}</li>;
  });
  return <Alert type="warning" showIcon title={t('还有 {count} 格要改，改好后才能保存', { count: wrong.length })} description={<ul className="errors">{lines}</ul>} />;
}

/** A pointer of a refused save as the sheet's place: `/rows/2/demandTypes` is the third of the new rows. */
function cellWords(pointer: string): string {
  const [, first = '', index, key] = pointer.split('/');
  const found = columns.find((each) => each.key === (first === 'content' ? index : key));
  const column = found && columnName(found);
  return first === 'rows' ? t('新增的第 {index} 行{column}', { index: Number(index) + 1, column: column ? `“${column}”` : '' }) : (column ?? pointer);
}
