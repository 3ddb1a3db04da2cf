import fc from 'fast-check';
import { fileTypeFromBuffer } from 'file-type';
import { sm3 } from 'sm-crypto-v2';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headItem, headOf, type Head } from '../../../functions/store/case.ts';
import { typeOfBytes } from '../../../functions/files/types.ts';
import { digestsOf, runningDigest } from '../../../functions/store/digest.ts';
import { dictionaries } from '../../../functions/store/dictionary.ts';
import { pack, unpack } from '../../../functions/store/pack.ts';
import { samplePdf } from '../../fixtures/sample-pdf.ts';
import { accept, approveProject, award, finishBuilding, intoLibrary, paying, publish, socialToPool, toPool } from '../machines/steps.ts';
import { government, social, type Step } from '../machines/story.ts';

/** A package of empty entries with these names: local headers, then the central directory (APPNOTE 4.3). */
function packageOf(...names: string[]): Buffer {
  const locals = names.map((name) => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0, ...Array<number>(20).fill(0), name.length, 0, 0, 0]), Buffer.from(name)]));
  const central = names.map((name) => Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, ...Array<number>(24).fill(0), name.length, 0, ...Array<number>(16).fill(0)]), Buffer.from(name)]));
  return Buffer.concat([...locals, ...central]);
}

/** What fills a case beside the steps that it needs: a plan, and indicators with what came of them. */
const milestones = [{ name: '交易链在线化', dueOn: '2025-06-30' }, { name: '监管链贯通', dueOn: '2025-10-31' }];
const plan: readonly Step[] = [['wei-lan', 'planMilestones', { milestones, completionOn: '2025-11-15' }], ...milestones.map(({ name }): Step => ['wei-lan', 'completeMilestone', { name, completedOn: '2025-03-06' }])];
const measured: readonly Step[] = [
  ['wei-lan', 'stateIndicators', { indicators: [{ name: '追溯覆盖率', measure: '%', goal: 'atLeast', target: '95', dueOn: '2025-12-31' }, { name: '单笔交易办理时间', measure: '分钟', goal: 'atMost', target: '3', dueOn: '2025-12-31' }] }],
  ['wei-lan', 'reportActuals', { year: 2025, actuals: [{ name: '追溯覆盖率', actual: '98.2', evidence: '运行年报' }, { name: '单笔交易办理时间', actual: '2.4', evidence: '系统日志' }] }],
];

const judgements = [{ name: '追溯覆盖率', actual: '98.2', met: true }, { name: '单笔交易办理时间', actual: '2.4', met: true }];
const judgedIntoLibrary = intoLibrary.map(([who, command, args = {}]): Step => [who, command, command === 'recordEvaluation' ? { ...args, judgements } : args]);

const typed = (bytes: Buffer): string | undefined => typeOfBytes(bytes.subarray(0, 16), bytes);
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('digests', () => {
  it('know the standard vector of SM3 (GB/T 32905, example 1)', () => {
    expect(digestsOf('abc')).toEqual({ sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0' });
  });

  it('agree with another implementation of SM3 on anything, in one piece or in many', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const running = runningDigest();
        running.update(bytes.subarray(0, cut));
        running.update(bytes.subarray(cut));
        expect(running.digest()).toEqual(digestsOf(bytes));
        expect(digestsOf(bytes).sm3).toBe(sm3(bytes));
      }),
    );
  });
});

describe('packed attributes', () => {
  it('give back any JSON, also through a stream record', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const packed = pack(value);
        expect(unpack(packed)).toEqual(JSON.parse(JSON.stringify(value)));
        if (packed.B) expect(unpack({ B: Buffer.from(packed.B).toString('base64') as never })).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('are read under the dictionary that they were written with, which must never change', () => {
    expect(Object.fromEntries(Object.entries(dictionaries).map(([number, text]) => [number, digestsOf(text).sha256]))).toMatchInlineSnapshot(`
      {
        "1": "abe7566c26b58fcbcd7788b12ead8728ec59be729aa3951a204ebcdad155dcf6",
        "2": "31378e33edb674b72bd06898f5e697abf9c2131faaa1c09a56b8c58d6344ad9f",
      }
    `);
  });

  // A write in a transaction costs two units for each kilobyte that it begins; the head is written with every command.
  it.each([
    ['under construction', government().all([...toPool, publish])],
    ['of government money at its end', government().all([...toPool, publish, approveProject, ...plan, ...award(240_000_000), ...paying(120_000_000), ...finishBuilding, accept(1_200_000_000), ...paying(120_000_000), ...measured, ...judgedIntoLibrary])],
    ['of a company in the pool', social().all(socialToPool)],
  ])('keep the head of a case %s within one kilobyte', (_what, { snapshot, last }) => {
    const at = Object.fromEntries(Object.keys(last.entered).map((leaf) => [leaf, { n: 25, dueAt: '2027-12-31T15:59:59.999Z' }]));
    const digest = digestsOf('a');
    const head = headItem({ id: 's-0123456789abcdef0123', version: 62, lifecycle: snapshot.lifecycle, snapshot, at, digests: digest, owner: 'nanning-logistics', openedAt: '2025-03-03T02:00:00.000Z', changedAt: '2025-03-03T02:00:00.000Z', phaseSince: '2025-03-03T02:00:00.000Z', slots: {} });
    const bytes = Object.entries(head).reduce((sum, [name, value]) => sum + name.length + (value.B ? value.B.length : Buffer.byteLength(value.S ?? value.N ?? '')), 0);
    expect(bytes).toBeLessThan(1024);
  });

  it('of a head that was written in three attributes are read as they were', () => {
    const { snapshot, last } = government().all(toPool);
    const at = Object.fromEntries(Object.keys(last.entered).map((leaf) => [leaf, { n: 9, dueAt: '2027-12-31T15:59:59.999Z' }]));
    const slots = { 'main:zhao-rui': 'abcdefghijkl' };
    const head: Head = { id: 's-1', version: 9, lifecycle: snapshot.lifecycle, snapshot, at, slots, digests: digestsOf('a'), owner: 'o', openedAt: '2025-03-03T02:00:00.000Z', changedAt: '2025-03-03T02:00:00.000Z', phaseSince: '2025-03-03T02:00:00.000Z' };
    const { state, ...item } = headItem(head);
    expect(headOf({ ...item, state: state ?? { NULL: true } })).toEqual(head);
    expect(headOf({ ...item, snapshot: pack(snapshot), at: pack(at), slots: pack(slots) })).toEqual(head);
  });
});

describe('the type of a file', () => {
  it.each([
    ['a PDF', samplePdf('test'), 'application/pdf'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png'],
    ['a JPG', Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'image/jpeg'],
    ['a Word file', packageOf('[Content_Types].xml', 'word/document.xml'), word],
    ['an Excel file', packageOf('[Content_Types].xml', 'xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['an OFD file', packageOf('OFD.xml', 'Doc_0/Document.xml'), 'application/ofd'],
    ['a Word file with macros', packageOf('word/document.xml', 'word/vbaProject.bin'), undefined],
    ['any other package', packageOf('readme.txt'), undefined],
    ['a program', Buffer.from('MZ\u0000\u0000program'), undefined],
    ['a page with script', Buffer.from('<html><script>'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
    ['a PDF only by a later line', Buffer.from('x%PDF-1.4'), undefined],
  ])('of %s is found in its bytes', (_what, bytes, type) => {
    expect(typed(bytes)).toBe(type);
  });

  it('agrees with the library that knows all types, on what may be attached', async () => {
    for (const bytes of [samplePdf('library'), Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154', 'hex'), Buffer.from('ffd8ffe000104a4649460001', 'hex')])
      expect((await fileTypeFromBuffer(bytes))?.mime).toBe(typed(bytes));
    expect(typed(Buffer.from(deflateRawSync('x')))).toBeUndefined();
  });

  it('is never found in arbitrary bytes that do not begin like one', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => (['%', '\u0089', '\u00ff', 'P'].includes(String.fromCharCode(bytes[0] ?? 0)) ? true : typeOfBytes(bytes, bytes) === undefined)));
  });
});
