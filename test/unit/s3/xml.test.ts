import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childText, element, onlyChildren, parseXml, xmlDocument } from '../../../infra/local/s3/xml.ts';

test('any text comes back from a document as it went in', () => {
  const point = fc.nat({ max: 0x10ffff }).filter((one) => one < 0xd800 || one > 0xdfff);
  const text = fc.array(fc.oneof(fc.nat({ max: 0x7f }), point), { maxLength: 20 }).map((points) => String.fromCodePoint(...points));
  fc.assert(
    fc.property(text, (key) => {
      expect(childText(parseXml(xmlDocument('Delete', element('Key', key)), 'Delete'), 'Key')).toBe(key);
    }),
  );
});

describe('a document is refused as MalformedXML', () => {
  test.each([
    ['with a DTD', '<!DOCTYPE a [<!ENTITY b "c">]><Delete>&b;</Delete>'],
    ['with an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Delete/>'],
    ['with CDATA', '<Delete><![CDATA[x]]></Delete>'],
    ['with an unknown entity', '<Delete>&nbsp;</Delete>'],
    ['with a naked ampersand', '<Delete>a & b</Delete>'],
    ['with a reference beyond Unicode', '<Delete>&#x110000;</Delete>'],
    ['with another root', '<Other/>'],
    ['with two roots', '<Delete/><Delete/>'],
    ['with text outside', '<Delete/>x'],
    ['when it is cut', '<Delete><Object>'],
    ['when it ends what it did not begin', '<Delete></Object></Delete>'],
    ['when it nests without end', '<Delete>' + '<a>'.repeat(50) + '</a>'.repeat(50) + '</Delete>'],
    ['when it is empty', ''],
    ['when it is JSON', '{"a":1}'],
  ])('%s', (_name, source) => {
    expect(() => parseXml(source, 'Delete')).toThrow(expect.objectContaining({ code: 'MalformedXML' }) as Error);
  });

  test('whatever text comes, never another error', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<', '>', '/', 'a', '&', ';', '<a>', '</a>', '<?', '?>', '<!--', '-->', '"', ' ', 'xmlns="x"')), (tokens) => {
        try {
          parseXml(tokens.join(''), 'a');
        } catch (error) {
          expect(error).toMatchObject({ code: 'MalformedXML' });
        }
      }),
    );
  });
});

test('namespaces, attributes, comments and a declaration are passed over', () => {
  const source = '\uFEFF<?xml version="1.0"?><!-- hello --><s3:Delete xmlns:s3="x"><s3:Key a="b">k &lt;&#65;&#x42;</s3:Key><Quiet/></s3:Delete>';
  const document = parseXml(source, 'Delete');
  expect([childText(document, 'Key'), childText(document, 'Quiet')]).toEqual(['k <AB', '']);
});

test('an element nobody expects is named', () => {
  expect(() => onlyChildren(parseXml('<Delete><Surprise/></Delete>', 'Delete'), ['Object'])).toThrow(/Surprise/);
});
