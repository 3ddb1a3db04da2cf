import { createTransport } from 'nodemailer';
import type { Delivery } from '../store/deliveries.ts';
import type { Sender, Sent } from './send.ts';

/** Where mail goes out: an SMTP URL (`smtps://user:password@host:465`), the address it comes from, and the console that it links to. */
export interface MailSetup {
  readonly url: string;
  readonly from: string;
  readonly console: string;
}

const timeoutMs = 15_000;

/** Sends deliveries by SMTP. Every attempt carries the same Message-ID, by which mail servers and readers know a repeat. */
export function mailSender({ url, from, console: site }: MailSetup): Sender {
  const transport = createTransport({ url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true });
  return async (delivery) => {
    const { id, to, notice } = delivery;
    const [recipient] = to;
    if (recipient?.mail === undefined) return { outcome: 'refused', said: 'nobody to send to' };
    try {
      const { response } = await transport.sendMail({
        from,
        to: { name: recipient.name, address: recipient.mail },
        subject: `【桂景】${notice.subject}`,
        text: textOf(delivery, site),
        messageId: `<${id}@${from.split('@').at(-1)?.replace(/>.*/, '') ?? 'guijing'}>`,
        // RFC 3834: nobody's holiday answer comes back.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { outcome: 'taken', said: response.slice(0, 200) };
    } catch (error) {
      return failure(error);
    }
  };
}

// RFC 5321, 4.2.1: 5yz is for good, 4yz is not; what never reached the server may. A bad log-in is the operator's to mend.
function failure(error: unknown): Sent {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const forGood = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return { outcome: forGood ? 'refused' : 'failed', said: `${code ?? ''} ${message ?? ''}`.trim().slice(0, 200) };
}

function textOf({ notice, text, to }: Delivery, site: string): string {
  const link = notice.case === '' ? '' : `\n\n办理：${site}/cases/${notice.case}`;
  return `${to[0]?.name ?? ''}，您好：\n\n${text ?? notice.subject}${site === '' ? '' : link}\n\n（系统自动发送，请勿回复。通知方式可在系统“通知”中修改。）\n`;
}
