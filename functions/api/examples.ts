/** A JSON schema as the OpenAPI document holds it, as far as examples need it. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

// Members of commands by name: what a person would really write there.
const texts: Readonly<Record<string, string>> = {
  reason: '材料齐全，符合要求', opinion: '经审核，材料完整真实，同意报送', comment: '目标明确，技术路线可行', note: '已核对原件',
  documentNo: '桂数发〔2025〕12号', approvalNo: '桂发改审批〔2025〕88号', voucherNo: 'ZF-2025-0001', receiptNo: 'SK-2025-0001',
  fundSource: '数字广西建设资金', appCode: 'IRS-GX-0001', name: '示例名称', phone: '0771-5550101', period: '2025年第三季度', pointer: '/annex1/demandContent',
  mail: 'wei-lan@example.org', to: 'wei-lan', uscc: '12450000MB0000001G', division: '450100',
  target: '95', actual: '98.2', effect: '办理时间缩短30%', measure: '%',
  row: 'r1', order: 'r1', unit: 'nanning-logistics', handler: 'nanning-data', provider: 'gx-market', leadUnit: 'gx-market', expert: 'expert-chen', experts: 'expert-chen', departments: 'gx-industry', finding: 'finding-1', attachment: 'a-0123456789abcdef0123',
};

/** An example of what a schema takes, in the words of the programme; `name` is the member it stands for. Tests hold every example against its schema. */
export function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return exampleOf(first, name);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key, member]) => isShown(schema, key, member)).map(([key, member]) => [key, exampleOf(member, key)]));
    case 'array':
      return schema.items ? [exampleOf(schema.items, name)] : [];
    case 'integer':
    case 'number':
      return numberFor(name, schema.minimum, schema.maximum);
    case 'boolean':
      return true;
    default:
      return textFor(name, schema);
  }
}

// A list of several that may be missing is left out: one example cannot stand for all of them.
const isShown = ({ required = [] }: Schema, key: string, { minItems = 0 }: Schema) => minItems < 2 || required.includes(key);

function numberFor(name: string, minimum = 0, maximum = Infinity): number {
  if (name.endsWith('Fen')) return 50_000_000;
  if (name === 'year') return 2026;
  return Math.min(Math.max(minimum, 80), maximum);
}

function textFor(name: string, { pattern, format }: Schema): string {
  if (format === 'date') return '2025-06-30';
  if (/(?:256|sm3)$/i.test(name)) return '0'.repeat(64);
  if (name === 'account') return '4501000012345678';
  return texts[name] ?? (pattern?.startsWith('^[A-Za-z0-9]') ? 'example-1' : '示例内容');
}
