import type { IncomingMessage } from 'node:http';
import { S3Error } from './errors.ts';

/** A form whose fields were read and whose file is about to come. Field names are lower case. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: AsyncIterable<Uint8Array>;
}

/** The most bytes of all fields before the file (S3 User Guide, "POST object": 20 KB). */
const largestFields = 20 * 1024;

/** Reads the fields of a multipart/form-data body up to its file, which is streamed; throws MalformedPOSTRequest, InvalidArgument. Fields after the file are ignored, as S3 does. */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;,]{1,70}))/i.exec(request.headers['content-type'] ?? '');
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) throw new S3Error('MalformedPOSTRequest');
  const reader = new PartReader(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>, Buffer.from(`\r\n--${name}`, 'latin1'));
  const fields = new Map<string, string>();
  await reader.skipPart();
  for (;;) {
    const head = await reader.head();
    if (head === undefined) throw new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.', { extra: { ArgumentName: 'file', ArgumentValue: '0' } });
    const field = disposition(head);
    if (field.name === 'file') return { fields, fileName: field.fileName, file: reader.part() };
    if (fields.has(field.name)) throw new S3Error('InvalidArgument', `POST requires exactly one value of the field ${field.name.slice(0, 60)}`);
    fields.set(field.name, await reader.text());
  }
}

function disposition(head: string): { name: string; fileName: string } {
  const line = head.split('\r\n').find((one) => /^content-disposition\s*:/i.test(one)) ?? '';
  const value = (parameter: string) => new RegExp(`;\\s*${parameter}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(line)?.[1];
  const name = value('name');
  if (name === undefined) throw new S3Error('MalformedPOSTRequest', 'A part of the form has no name');
  // Browsers send paths in old versions; only the last name counts.
  return { name: name.toLowerCase(), fileName: (value('filename') ?? '').split(/[/\\]/).pop() ?? '' };
}

/** Reads parts between boundaries, keeping no more than one buffer and one boundary. */
class PartReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #boundary: Buffer;
  // The first boundary has no line break before it; with this one all are alike.
  #held = Buffer.from('\r\n');
  #spent = 0;

  constructor(source: AsyncIterable<Uint8Array>, boundary: Buffer) {
    this.#source = source[Symbol.asyncIterator]();
    this.#boundary = boundary;
  }

  async skipPart(): Promise<void> {
    await this.#collect();
  }

  /** The header lines of the next part; undefined after the last. */
  async head(): Promise<string | undefined> {
    while (this.#held.length < 2) await this.#more();
    if (this.#held.subarray(0, 2).toString() === '--') return undefined;
    for (let end = this.#held.indexOf('\r\n\r\n'); ; end = this.#held.indexOf('\r\n\r\n')) {
      if (end >= 0) {
        const head = this.#held.subarray(2, end + 2).toString('utf8');
        // The line break that ends the headers may also begin the boundary of an empty part.
        this.#held = this.#held.subarray(end + 2);
        return head;
      }
      this.#spend(0, this.#held.length);
      await this.#more();
    }
  }

  async text(): Promise<string> {
    const bytes = await this.#collect();
    return bytes.subarray(2).toString('utf8');
  }

  /** The bytes of a part as they come. */
  async *part(): AsyncGenerator<Uint8Array> {
    let skip = 2;
    for await (const piece of this.#pieces()) {
      const dropped = Math.min(skip, piece.length);
      skip -= dropped;
      if (piece.length > dropped) yield piece.subarray(dropped);
    }
    // What follows the file does not count, but the connection can only be used again when it is gone.
    while (!(await this.#source.next()).done);
  }

  async #collect(): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#pieces()) {
      this.#spend(piece.length, 0);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async *#pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.#held.indexOf(this.#boundary);
      if (end >= 0) {
        const last = this.#held.subarray(0, end);
        this.#held = this.#held.subarray(end + this.#boundary.length);
        yield last;
        return;
      }
      const safe = Math.max(0, this.#held.length - this.#boundary.length);
      const piece = this.#held.subarray(0, safe);
      this.#held = this.#held.subarray(safe);
      if (safe > 0) yield piece;
      await this.#more();
    }
  }

  #spend(more: number, pending: number): void {
    this.#spent += more;
    if (this.#spent + pending > largestFields) throw new S3Error('MalformedPOSTRequest', `The fields before the file may have at most ${largestFields} bytes`);
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw new S3Error('MalformedPOSTRequest', 'The form ends before its last boundary');
    this.#held = Buffer.concat([this.#held, next.value]);
  }
}
