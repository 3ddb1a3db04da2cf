import { zipSync } from 'fflate';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { Problem } from '../../http/problem.ts';

/** The largest workbook that is taken, as a file: a list of 500 rows is about 1 MB. */
export const largestWorkbook = 3 * 1024 * 1024;

/** The most that a workbook's parts may unpack to, all together and each. */
const largestUnpacked = 24 * 1024 * 1024;
const mostEntries = 300;
const mostRows = 5000;
const mostColumns = 200;

/** The parts that rows are read from; nothing else of the file is unpacked. */
const wanted = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/_rels\/workbook\.xml\.rels|xl\/[\w-]+\.xml|xl\/worksheets\/[\w-]+\.xml)$/;

/** What a list has no use for and a reader must not trust, by the name of its part. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/vbaProject|vbaData|macrosheets\//i, '工作簿含有宏，请另存为不含宏的“Excel 工作簿（*.xlsx）”后再上传'],
  [/^xl\/(?:workbook|worksheets\/[^/]+)\.bin$/i, '这是 xlsb 格式，请另存为“Excel 工作簿（*.xlsx）”后再上传'],
  [/externalLinks\//i, '工作簿引用了其他文件的数据，请在“数据—编辑链接”中断开链接后再上传'],
  [/^xl\/(?:connections|queryTables\/.*)\.xml$/i, '工作簿连接了外部数据，请复制为数值到新的工作簿后再上传'],
  [/^xl\/(?:embeddings|activeX|ctrlProps)\//i, '工作簿嵌入了其他文件或控件，请删除后再上传'],
];

/**
 * Opens a workbook that somebody uploaded without believing anything it says: everything is bounded before it is unpacked, and what comes out
 * is a new container with nothing in it but the parts that rows are read from. Throws `Problem` with a sentence that says what to do.
 */
export async function openWorkbook(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length > largestWorkbook) throw new Problem('too-large', `工作簿过大：最多 ${largestWorkbook / 1024 / 1024} MB，请删除图片和多余的工作表后再上传`);
  mustBeZip(bytes);
  const parts = await unpacked(bytes);
  if (parts['mimetype'] || !parts['xl/workbook.xml']) throw wrongType();
  for (const [name, part] of Object.entries(parts)) mustBePlain(name, Buffer.from(part).toString('utf8'));
  return zipSync(parts, { level: 0 });
}

const wrongType = (): Problem => new Problem('unsupported-type', '这不是Excel工作簿（*.xlsx），请用本系统导出的清单或官方样表填写，另存为“Excel 工作簿（*.xlsx）”后上传');

function mustBeZip(bytes: Uint8Array): void {
  const beginning = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (beginning.startsWith('504b0304')) return;
  // OLE2: what Excel wrote before 2007, and the shell around every encrypted workbook.
  if (beginning !== 'd0cf11e0a1b11ae1') throw wrongType();
  const encrypted = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  throw new Problem('unsupported-type', encrypted ? '工作簿设置了打开密码，请取消密码后再上传' : '这是旧版 xls 格式，请另存为“Excel 工作簿（*.xlsx）”后再上传');
}

async function unpacked(bytes: Uint8Array): Promise<Record<string, Uint8Array>> {
  try {
    const file = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true, validateEntrySizes: true });
    return await partsOf(file);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('unsupported-type', '工作簿已损坏，打不开；请在Excel中重新保存后再上传');
  }
}

async function partsOf(file: ZipFile): Promise<Record<string, Uint8Array>> {
  if (file.entryCount > mostEntries) throw tooLarge();
  const parts: Record<string, Uint8Array> = {};
  let left = largestUnpacked;
  for await (const entry of file.eachEntry()) {
    mustBeAllowed(entry);
    // What is not read counts too: whoever opens the file elsewhere would unpack it.
    left -= entry.uncompressedSize;
    if (left < 0) throw tooLarge();
    if (!wanted.test(entry.fileName) && entry.fileName !== 'mimetype') continue;
    if (Object.hasOwn(parts, entry.fileName)) throw new Problem('unsupported-type', '工作簿已损坏（内部文件重复），请在Excel中重新保存后再上传');
    parts[entry.fileName] = await content(file, entry);
  }
  return parts;
}

function mustBeAllowed(entry: Entry): void {
  for (const [name, sentence] of forbidden) if (name.test(entry.fileName)) throw new Problem('unsupported-type', sentence);
  if (entry.isEncrypted()) throw new Problem('unsupported-type', '工作簿设置了打开密码，请取消密码后再上传');
}

// The stream ends with an error at the first byte beyond what the directory says (yauzl, validateEntrySizes).
async function content(file: ZipFile, entry: Entry): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of await file.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const tooLarge = (): Problem => new Problem('too-large', '工作簿解压后过大，不予读取；请新建工作簿，只复制填写的内容后再上传');

function mustBePlain(name: string, xml: string): void {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Problem('unsupported-type', '工作簿含有不允许的内容，请在Excel中重新保存后再上传');
  if (name === '[Content_Types].xml' && /macroEnabled/i.test(xml)) throw new Problem('unsupported-type', forbidden[0]?.[1] ?? '');
  if (name.startsWith('xl/worksheets/')) mustBeSmall(xml);
}

// Readers lay a sheet out as a rectangle: one cell far away is enough to fill the memory.
function mustBeSmall(xml: string): void {
  for (const match of xml.matchAll(/<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*["']\s*([A-Za-z]{0,9})(\d{1,9})/g)) {
    const column = [...(match[1] ?? '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (Number(match[2]) > mostRows || column > mostColumns)
      throw new Problem('too-large', `工作表过大：用到了${match[1] ? `单元格 ${match[1].toUpperCase()}${match[2]}` : `第 ${match[2]} 行`}，最多 ${mostRows} 行、${mostColumns} 列；请新建工作簿，只复制填写的内容后再上传`);
  }
  // Lines and cells may leave their places out.
  if (countOf(xml, /<(?:\w+:)?row[\s/>]/g) > mostRows || countOf(xml, /<(?:\w+:)?c[\s/>]/g) > mostRows * 40) throw tooLarge();
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
