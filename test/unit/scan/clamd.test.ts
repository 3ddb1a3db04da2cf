import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { scanByClamd, verdictIn } from '../../../functions/scan/clamd.ts';
import { scannerOf } from '../../../functions/scan/verdict.ts';
import { eicar, startClamd, type Behaviour, type ClamdServer } from '../../harness/clamd.ts';

let server: ClamdServer | undefined;
afterEach(() => server?.close());

async function* pieces(bytes: Buffer, size = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function scan(bytes: Buffer, behaviour: Behaviour = {}, patience = 5000) {
  server = await startClamd(behaviour);
  return scanByClamd({ host: '127.0.0.1', port: server.port, patience }, pieces(bytes));
}

describe('a scan by clamd', () => {
  it('streams every byte and takes OK for clean', async () => {
    expect(await scan(Buffer.alloc(1_234_567, 'a'))).toEqual({ status: 'clean' });
    expect(server?.scanned).toEqual([1_234_567]);
  });

  it('of nothing is a scan of nothing', async () => {
    expect(await scan(Buffer.alloc(0))).toEqual({ status: 'clean' });
    expect(server?.scanned).toEqual([0]);
  });

  it.each([0, 65_500, 65_536, 199_990])('finds the EICAR string at byte %i, across any border between chunks', async (at) => {
    expect(await scan(Buffer.concat([Buffer.alloc(at, 'a'), Buffer.from(eicar), Buffer.alloc(100_000, 'b')]))).toEqual({ status: 'infected', signature: 'Eicar-Test-Signature' });
  });

  it('that is larger than clamd takes is a verdict that nobody knows, and does not hang', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      expect(await scan(Buffer.alloc(5_000_000, 'a'), { limit: 1_000_000 }), String(round)).toEqual({ status: 'failed', reason: 'INSTREAM size limit exceeded. ERROR', lasting: true });
      await server?.close();
    }
  });

  it('is heard in however many pieces it is said, and once its closing NUL is there, whether or not the line is closed', async () => {
    const infected = Buffer.concat([Buffer.from('x'), Buffer.from(eicar)]);
    expect(await scan(infected, { answer: 'letterByLetter' })).toEqual({ status: 'infected', signature: 'Eicar-Test-Signature' });
    const began = Date.now();
    expect(await scan(infected, { answer: 'staysOpen' }, 5000)).toEqual({ status: 'infected', signature: 'Eicar-Test-Signature' });
    expect(Date.now() - began).toBeLessThan(2500);
  });

  it('that clamd could not do is a verdict that nobody knows, in clamd’s words, and may be asked for again', async () => {
    expect(await scan(Buffer.from('a'), { answer: 'error' })).toEqual({ status: 'failed', reason: "stream: Can't allocate memory ERROR" });
    expect(await scan(Buffer.from('a'), { answer: 'endless' })).toEqual({ status: 'failed', reason: 'an answer without an end' });
  });

  it('whose file cannot be read to its end is never clean', async () => {
    server = await startClamd();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half of it');
      throw new Error('the bucket went away');
    };
    expect(await scanByClamd({ host: '127.0.0.1', port: server.port, patience: 2000 }, broken())).toEqual({ status: 'failed', reason: 'the bucket went away' });
    expect(server.scanned).toEqual([]);
  });

  it.each(['nothing', 'hangUp', 'nonsense'] as const)('by a clamd that answers %s fails by its patience, and throws nothing', async (answer) => {
    const began = Date.now();
    expect(await scan(Buffer.from('a'), { answer }, 300)).toMatchObject({ status: 'failed' });
    expect(Date.now() - began).toBeLessThan(3000);
  });

  it('where nobody listens fails, and throws nothing', async () => {
    expect(await scanByClamd({ host: '127.0.0.1', port: 9, patience: 1000 }, pieces(Buffer.from('a')))).toMatchObject({ status: 'failed' });
  });

  it('takes nothing but clamd’s own words for a verdict', () => {
    expect(verdictIn('stream: OK\0')).toEqual({ status: 'clean' });
    for (const said of ['', 'OK', 'stream: OK FOUND?', 'stream: okay', 'stream: OK\nstream: X FOUND', 'stream: X']) expect(verdictIn(said).status, said).toBe('failed');
  });

  // The real thing, where it is installed and listens.
  const real = process.env['CLAMD'] ?? (existsSync('/run/clamav/clamd.ctl') ? '127.0.0.1:3310' : undefined);
  it.skipIf(real === undefined)('by a real clamd finds the EICAR string', async () => {
    const [host = '', port = '3310'] = (real ?? '').split(':');
    await new Promise((resolve, reject) => connect({ host, port: Number(port) }).on('connect', resolve).on('error', reject));
    expect(await scanByClamd({ host, port: Number(port), patience: 30_000 }, pieces(Buffer.from(eicar)))).toMatchObject({ status: 'infected' });
  });
});

describe('the setting of the scanner', () => {
  it('names nobody, GuardDuty or a clamd, and nothing else', () => {
    expect(scannerOf('none')).toEqual({ kind: 'none' });
    expect(scannerOf('guardDuty')).toEqual({ kind: 'guardDuty' });
    expect(scannerOf('clamd://scan.example.cn')).toEqual({ kind: 'clamav', host: 'scan.example.cn', port: 3310 });
    expect(scannerOf('clamd://[::1]:3311')).toEqual({ kind: 'clamav', host: '::1', port: 3311 });
    for (const wrong of ['', 'clamav', 'guardduty', 'clamd://', 'clamd://a:b', 'http://a:1']) expect(() => scannerOf(wrong), wrong).toThrow(/scanner/);
  });
});
