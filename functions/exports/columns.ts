import type { Json, LifecycleName } from '../../machines/decision.ts';
import { commandLabels, eventLabel, lifecycleLabels, sectorLabel, stateLabel } from '../../machines/labels.zh.ts';
import { cityOf, divisionName } from '../../shared/divisions.ts';
import { titleOf, unitPlace } from '../cases/about.ts';
import type { OpenTask } from '../cases/lists.ts';
import type { Taken } from '../cases/steps-taken.ts';
import type { Head } from '../store/case.ts';
import { leavesOf } from '../store/leaves.ts';
import type { Column } from './table-file.ts';

const column = <R>(heading: string, width: number, cell: (row: R) => string | number): Column<R> => ({ heading, width, cell });

const about = <R>(headOf: (row: R) => Head): Column<R>[] => [
  column('场景（事项）', 40, (row) => titleOf(headOf(row).snapshot)),
  column('编号', 24, (row) => headOf(row).id),
  column('类别', 16, (row) => lifecycleLabels[headOf(row).lifecycle]),
  column('申报单位', 32, (row) => unitPlace(headOf(row).snapshot).name),
  column('设区市', 12, (row) => divisionName(cityOf(unitPlace(headOf(row).snapshot).division) ?? '') ?? ''),
  column('行业主管部门', 20, (row) => sectorLabel(unitPlace(headOf(row).snapshot).sector)),
];

const standing = (head: Head): string => leavesOf(head.snapshot.value).map((leaf) => stateLabel(head.lifecycle, leaf)).join('；');

/** The columns of to-dos. */
export const taskColumns: readonly Column<OpenTask>[] = [
  ...about<OpenTask>(({ head }) => head),
  column('待办环节', 24, ({ head, task }) => stateLabel(head.lifecycle, task.leaf)),
  column('可办事项', 40, ({ task }) => task.commands.map(commandOf).join('、')),
  column('期限', 12, ({ task }) => shanghaiTime(task.dueAt).slice(0, 10)),
];

/** The columns of what somebody dealt with or began. */
export const workColumns: readonly Column<Taken>[] = [
  column('办理时间', 18, ({ step }) => shanghaiTime(step.at)),
  column('办理事项', 20, ({ step }) => eventLabel(step.command)),
  ...about<Taken>(({ head }) => head),
  column('当前环节', 30, ({ head }) => standing(head)),
];

/** The columns of scenarios. */
export const caseColumns: readonly Column<Head>[] = [
  ...about<Head>((head) => head),
  column('当前环节', 30, standing),
  column('建立时间', 18, ({ openedAt }) => shanghaiTime(openedAt)),
  column('最近办理', 18, ({ changedAt }) => shanghaiTime(changedAt)),
];

/** An entry of a published list as it was written. */
export type PublishedRow = Readonly<Record<string, Json>> & { readonly batch: string };

const field = (name: string) => (row: PublishedRow): string | number => {
  const value = row[name];
  return typeof value === 'string' || typeof value === 'number' ? value : '';
};

/** The columns of published lists. */
export const publishedColumns: readonly Column<PublishedRow>[] = [
  column('批次', 10, field('batch')),
  column('清单编号', 22, field('number')),
  column('场景', 40, field('name')),
  column('申报单位', 32, field('unitName')),
  column('类别', 16, (row) => lifecycleLabels[row['lifecycle'] as LifecycleName] ?? ''),
  column('行政区划', 12, (row) => divisionName(String(row['division'] ?? '')) ?? ''),
];

function commandOf(command: string): string {
  return (commandLabels as Readonly<Record<string, string>>)[command] ?? command;
}

/** An instant as people in Guangxi write it: `2025-06-30 09:15`. */
export function shanghaiTime(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
