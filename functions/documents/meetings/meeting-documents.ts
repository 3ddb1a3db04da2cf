import { dayOf } from '../../../shared/days.ts';
import { mostInBulk } from '../../../shared/contracts/bulk.ts';
import { badQuery, queryValue } from '../../http/cursor.ts';
import { Problem } from '../../http/problem.ts';
import { idFrom } from '../../http/routes.ts';
import type { HttpAnswer, HttpRequest } from '../../http/shell.ts';
import { whoAsks } from '../../http/who.ts';
import type { FileDesk } from '../../files/desk.ts';
import { oneMeeting, selectionsOf } from '../../meetings/meetings.ts';
import { meetingById } from '../../meetings/records.ts';
import type { Table } from '../../store/table.ts';
import { fileAnswer } from '../answering.ts';
import type { Content } from '../content.ts';
import { pdfType, wordType } from '../names.ts';
import type { FontFiles } from '../pdf.ts';
import { printBook } from '../print.ts';
import { codeAddress } from '../stamp.ts';
import type { Verification } from '../verification.ts';
import { meetingWords, minutesContent, minutesProof, summaryContent } from './meeting-prints.ts';

type PrintDesk = FileDesk & { readonly fonts: FontFiles };
type Format = 'docx' | 'pdf';

/** The routes of what is put before a meeting of selection, and of its minutes. */
export const meetingRoutes = {
  summaryWord: 'GET /selection-summary.docx',
  summaryPdf: 'GET /selection-summary.pdf',
  minutes: 'GET /selection-meetings/{id}/documents/{name}',
} as const;

type MeetingRoute = keyof typeof meetingRoutes;

/** Whether a route is one of these. */
export function isOfMeetings(name: string): name is MeetingRoute {
  return Object.hasOwn(meetingRoutes, name);
}

/** Answers a request for a paper of a meeting. Throws `Problem`. */
export async function meetingDocument(desk: PrintDesk, request: HttpRequest, name: MeetingRoute, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  switch (name) {
    case 'summaryWord':
      return summary(desk, request, 'docx');
    case 'summaryPdf':
      return summary(desk, request, 'pdf');
    case 'minutes':
      return minutes(desk, request, parts);
  }
}

async function summary(desk: PrintDesk, request: HttpRequest, format: Format): Promise<HttpAnswer> {
  const actor = await whoAsks(desk.table, request);
  const ids = (queryValue(request, 'ids') ?? '').split(',').filter(Boolean);
  if (ids.length === 0 || ids.length > mostInBulk || new Set(ids).size !== ids.length || !ids.every((id) => /^[\w.-]{1,80}$/.test(id))) throw badQuery('ids', `1 到 ${mostInBulk} 个不同的场景编号，用逗号分隔`);
  return printed(desk, 'selection-summary', format, summaryContent(await selectionsOf(desk, actor, ids), dayOf(new Date(desk.now).toISOString())));
}

async function minutes(desk: PrintDesk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const meeting = await oneMeeting(desk, await whoAsks(desk.table, request), idFrom(parts, 'id'));
  const [, format] = /^minutes\.(docx|pdf)$/.exec(parts['name'] ?? '') ?? [];
  if (format === undefined) throw new Problem('not-found', '会议没有这份文件，可下载：minutes.docx、minutes.pdf');
  return printed(desk, 'minutes', format as Format, await minutesContent(meeting, codeAddress(request, minutesProof(meeting).code)));
}

/** The minutes that a code stands for; `undefined` when it is of none. */
export async function verifiedMinutes(table: Table, code: string): Promise<Verification | undefined> {
  const [, id] = /^(m-\d{8}-[0-9a-f]{12})-[0-9a-f]{16}$/.exec(code) ?? [];
  const kept = id === undefined ? undefined : await meetingById(table, id);
  const proof = kept && minutesProof(kept.meeting);
  if (!kept || proof?.code !== code) return undefined;
  const { recordedAt: at, replacedBy } = kept.meeting;
  const current = replacedBy === undefined;
  return { code, form: 'minutes', title: '广西数字应用场景遴选会议纪要', scenario: meetingWords(kept.meeting), case: kept.meeting.id, version: 1, at, latest: current, unchanged: current, content: proof.content, event: proof.event };
}

async function printed(desk: PrintDesk, name: string, format: Format, content: Content): Promise<HttpAnswer> {
  return fileAnswer({ name: `${name}.${format}`, type: format === 'pdf' ? pdfType : wordType, title: content.title, bytes: await printBook(content, format, desk.fonts) });
}
