import type { DynamoDBStreamEvent } from 'aws-lambda';
import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { followForPeople } from './notices/follow.ts';
import { remindOfTheDay } from './notices/remind.ts';
import type { NoticeDesk } from './notices/tell.ts';

// `mail,webhook`, as far as the operator has set them up (infra/aws/notices.ts).
const channels = (process.env['NOTICE_CHANNELS'] ?? '').split(',').filter((each) => each === 'mail' || each === 'webhook');
const desk = (): NoticeDesk => ({ ...deskNow(), channels });

/** DynamoDB stream: events that concern people; EventBridge: every hour, for reminders and digests. */
export const handler = taskShell(
  'notices',
  (event: Partial<DynamoDBStreamEvent>) => ({ records: event.Records?.length ?? 0 }),
  async (event: Partial<DynamoDBStreamEvent>) => {
    if (event.Records) return followForPeople(desk(), { Records: event.Records });
    const done = await remindOfTheDay(desk());
    if (done) console.log(JSON.stringify({ calendar: 'done', ...done }));
    return done ?? {};
  },
);
