import { S3Error } from './errors.ts';

/** The namespace of S3's documents. */
const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A piece of XML that is escaped already. */
export type Markup = { readonly markup: string };

/** What an element may hold: text (escaped here), numbers, markup, lists of these; undefined is left out. */
export type Content = string | number | boolean | Markup | undefined | readonly Content[];

/** One element; undefined when its content is undefined, so that optional members read as one line. */
export function element(name: string, content: Content): Markup | undefined {
  if (content === undefined) return undefined;
  return { markup: `<${name}>${render(content)}</${name}>` };
}

/** A whole document with S3's namespace on its root. */
export function xmlDocument(root: string, content: Content): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${render(content)}</${root}>`;
}

/** The error document, which has no namespace. */
export function errorDocument(content: Content): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${render(content)}</Error>`;
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (typeof content !== 'object') return escapeXml(String(content));
  return 'markup' in content ? content.markup : content.map(render).join('');
}

const named: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Control characters are written as references, as S3 does; clients that cannot read them ask for `encoding-type=url`. */
function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[<>&"\u0000-\u0008\u000b-\u001f\u007f]/g, (char) => named[char] ?? `&#x${char.charCodeAt(0).toString(16)};`);
}

/** An element that was read: its local name, its children, its text. */
export interface XmlNode {
  readonly name: string;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

/** How deep a document of S3 nests at most, with room to spare. */
const deepest = 12;

/**
 * Reads one small document strictly: no DTD, no CDATA, no entities but the five of XML and numeric ones. Attributes are
 * skipped and prefixes dropped, because S3's documents carry nothing in them. Throws MalformedXML.
 */
export function parseXml(source: string, root: string): XmlNode {
  const tokens = source.replace(/^\uFEFF/, '').match(/<[^>]*>|[^<]+|</g) ?? [];
  const stack: { name: string; children: XmlNode[]; text: string }[] = [{ name: '', children: [], text: '' }];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (!top) throw malformed('more ends than beginnings');
    if (!token.startsWith('<')) top.text += unescapeXml(token);
    else if (/^<\?|^<!--/.test(token)) continue;
    else if (token.startsWith('<!')) throw malformed('declarations are not accepted');
    else if (token.startsWith('</')) closeElement(stack, token);
    else openElement(stack, token);
  }
  const [document] = stack;
  const found = document?.children[0];
  if (stack.length !== 1 || document?.children.length !== 1 || document.text.trim() !== '' || found?.name !== root) throw malformed(`one <${root}> is expected`);
  return found;
}

function openElement(stack: { name: string; children: XmlNode[]; text: string }[], token: string): void {
  const parts = /^<(?:[\w.-]+:)?([\w.-]+)(\s[^<]*?)?(\/?)>$/.exec(token);
  if (!parts) throw malformed(`"${token.slice(0, 40)}" is not an element`);
  stack.push({ name: parts[1] ?? '', children: [], text: '' });
  if (stack.length > deepest) throw malformed('it nests too deep');
  if (parts[3] === '/') closeElement(stack, `</${parts[1]}>`);
}

function closeElement(stack: { name: string; children: XmlNode[]; text: string }[], token: string): void {
  const name = /^<\/(?:[\w.-]+:)?([\w.-]+)\s*>$/.exec(token)?.[1];
  const ended = stack.pop();
  const parent = stack.at(-1);
  if (!ended || !parent || ended.name !== name) throw malformed(`"${token.slice(0, 40)}" ends nothing`);
  parent.children.push(ended);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]{0,10};?)/g, (_all, body: string) => {
    const name = body.endsWith(';') ? body.slice(0, -1) : '';
    const code = /^#x([0-9a-f]{1,6})$/i.exec(name)?.[1];
    const point = code === undefined ? Number(/^#(\d{1,7})$/.exec(name)?.[1] ?? NaN) : parseInt(code, 16);
    const char = entities[name] ?? (point >= 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined);
    if (char === undefined) throw malformed(`"&${body}" is not an entity`);
    return char;
  });
}

function malformed(why: string): S3Error {
  return new S3Error('MalformedXML', `The XML you provided was not well-formed or did not validate against our published schema: ${why}`);
}

/** The text of a child element; undefined when there is none. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text;
}

/** The children of one name. */
export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** Refuses elements that are not in the list, by name, so that nothing is dropped in silence; throws MalformedXML. */
export function onlyChildren(node: XmlNode, names: readonly string[]): void {
  const strange = node.children.find((child) => !names.includes(child.name));
  if (strange) throw malformed(`<${node.name}> has no <${strange.name}> here`);
}
