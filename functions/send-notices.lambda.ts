import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { mailSender } from './notices/mail.ts';
import { sendDue, type Senders } from './notices/send.ts';
import { webhookSender } from './notices/webhook.ts';

const given = (name: string): string => process.env[name] ?? '';

const senders: Senders = {
  ...(given('MAIL_URL') ? { mail: mailSender({ url: given('MAIL_URL'), from: given('MAIL_FROM'), console: given('CONSOLE_URL') }) } : {}),
  ...(given('WEBHOOK_URL') ? { webhook: webhookSender({ url: given('WEBHOOK_URL'), secret: given('WEBHOOK_SECRET') }) } : {}),
};

// A send may take 15 s at its longest; the function has 290.
const roundMs = 240_000;

/** EventBridge: every minute, once a channel is set up. */
export const handler = taskShell('send-notices', () => ({}), async () => sendDue(deskNow().table, senders, Date.now, Date.now() + roundMs));
