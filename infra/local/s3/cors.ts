import type { IncomingMessage } from 'node:http';
import { bucketOf, xmlAnswer } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { S3Error } from './errors.ts';
import { receiveText } from './receive.ts';
import type { CorsRule } from './records.ts';
import { childrenOf, childText, element, onlyChildren, parseXml, xmlDocument } from './xml.ts';
import type { XmlNode } from './xml.ts';

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];
/** The most rules of one bucket. */
const mostRules = 100;

/** GetBucketCors. */
export function getCors(parts: Parts, asked: Asked): Answer {
  const { cors } = bucketOf(parts, asked.bucket);
  if (!cors) throw new S3Error('NoSuchCORSConfiguration');
  return xmlAnswer(xmlDocument('CORSConfiguration', cors.map((rule) => element('CORSRule', [
    element('ID', rule.id),
    rule.origins.map((origin) => element('AllowedOrigin', origin)),
    rule.methods.map((method) => element('AllowedMethod', method)),
    rule.headers.map((header) => element('AllowedHeader', header)),
    rule.expose.map((header) => element('ExposeHeader', header)),
    element('MaxAgeSeconds', rule.maxAgeS),
  ]))));
}

/** PutBucketCors. */
export async function putCors(parts: Parts, asked: Asked): Promise<Answer> {
  const wish = parseXml(await receiveText(asked), 'CORSConfiguration');
  onlyChildren(wish, ['CORSRule']);
  const rules = childrenOf(wish, 'CORSRule').map(ruleOf);
  if (rules.length === 0 || rules.length > mostRules) throw new S3Error('MalformedXML', `A CORS configuration has 1 to ${mostRules} rules`);
  parts.store.saveBucket({ ...bucketOf(parts, asked.bucket), cors: rules });
  return { status: 200 };
}

/** DeleteBucketCors. */
export function deleteCors(parts: Parts, asked: Asked): Answer {
  const { cors: _cors, ...rest } = bucketOf(parts, asked.bucket);
  parts.store.saveBucket(rest);
  return { status: 204 };
}

function ruleOf(node: XmlNode): CorsRule {
  onlyChildren(node, ['ID', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader', 'MaxAgeSeconds']);
  const texts = (name: string) => childrenOf(node, name).map(({ text }) => text.trim());
  const [id, age] = [childText(node, 'ID'), childText(node, 'MaxAgeSeconds')];
  return checkedRule({
    ...(id === undefined ? {} : { id }),
    origins: texts('AllowedOrigin'),
    methods: texts('AllowedMethod'),
    headers: texts('AllowedHeader'),
    expose: texts('ExposeHeader'),
    ...(age === undefined ? {} : { maxAgeS: Number(age) }),
  });
}

/** Checks a rule: known methods, at least one origin, at most one `*` in an origin or a header; throws InvalidRequest. */
export function checkedRule(rule: CorsRule): CorsRule {
  const bad = rule.methods.find((method) => !methods.includes(method));
  if (bad !== undefined) throw new S3Error('InvalidRequest', `Found unsupported HTTP method in CORS config. Unsupported method is ${bad.slice(0, 20)}`);
  if (rule.methods.length === 0 || rule.origins.length === 0) throw new S3Error('MalformedXML', 'A CORSRule needs an AllowedOrigin and an AllowedMethod');
  const wild = [...rule.origins, ...rule.headers].find((one) => one.split('*').length > 2);
  if (wild !== undefined) throw new S3Error('InvalidRequest', `"${wild.slice(0, 60)}" can not have more than one wildcard.`);
  if (rule.maxAgeS !== undefined && !(Number.isInteger(rule.maxAgeS) && rule.maxAgeS >= 0)) throw new S3Error('MalformedXML', 'MaxAgeSeconds must be a number');
  return rule;
}

/** Answers a preflight; throws AccessForbidden when no rule of the bucket fits. */
export function preflight(parts: Parts, bucket: string, request: IncomingMessage): Answer {
  const origin = request.headers.origin;
  const method = request.headers['access-control-request-method'];
  if (origin === undefined || method === undefined) throw new S3Error('InvalidRequest', 'Insufficient information. Origin request header needed.');
  const asked = (request.headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const rule = fitting(parts.store.bucket(bucket)?.cors ?? [], origin, method).find((one) => asked.every((name) => one.headers.some((allowed) => fits(allowed.toLowerCase(), name))));
  if (!rule) throw new S3Error('AccessForbidden', undefined, { extra: { Method: method.slice(0, 20), ResourceType: 'BUCKET' } });
  const headers = { ...answerHeaders(rule, origin), ...(asked.length > 0 ? { 'access-control-allow-headers': asked.join(', ') } : {}) };
  return { status: 200, headers };
}

/** The headers that let a browser read an answer; none when no rule fits. */
export function corsHeaders(parts: Parts, bucket: string, request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || bucket === '') return {};
  const [rule] = fitting(parts.store.bucket(bucket)?.cors ?? [], origin, request.method ?? '');
  return rule ? answerHeaders(rule, origin) : {};
}

function fitting(rules: readonly CorsRule[], origin: string, method: string): readonly CorsRule[] {
  return rules.filter((rule) => rule.methods.includes(method) && rule.origins.some((allowed) => fits(allowed, origin)));
}

function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  return text.length >= pattern.length - 1 && text.startsWith(pattern.slice(0, star)) && text.endsWith(pattern.slice(star + 1));
}

function answerHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const anyone = rule.origins.includes('*');
  return {
    'access-control-allow-origin': anyone ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(anyone ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(rule.expose.length > 0 ? { 'access-control-expose-headers': rule.expose.join(', ') } : {}),
    ...(rule.maxAgeS === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeS) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
