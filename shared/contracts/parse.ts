import type * as z from 'zod/mini';
import { pointerTo } from '../pointers.ts';

/** One thing wrong with an input: where (JSON pointer) and what to do (Chinese). `shape`: not of the form's shape at all; a draft with only other errors can be kept. */
export interface InputError {
  readonly pointer: string;
  readonly detail: string;
  readonly shape: boolean;
}

/** A parsed value, or every error of the input. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly InputError[] };

/** Checks data against a schema once, at the door; unknown members are named, and every message is Chinese and says what to do. */
export function parse<S extends z.core.$ZodType>(schema: S, data: unknown): Parsed<z.core.output<S>> {
  const result = (schema as unknown as z.ZodMiniType<z.core.output<S>>).safeParse(data, { error: say });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, errors: result.error.issues.flatMap((issue) => errorsOf(issue as z.core.$ZodIssue, data)) };
}

function errorsOf(issue: z.core.$ZodIssue, data: unknown): InputError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: `没有“${key}”这一项，请删除或改正名称`, shape: true }));
  return [{ pointer: pointer(issue.path), detail: issue.message, shape: issue.code === 'invalid_type' && !isBlank(at(data, issue.path)) }];
}

type Raw = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: '文字', number: '数字', int: '整数', boolean: '是或否', array: '列表', object: '对象', record: '对象',
};

function say(issue: Raw): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '必填' : `应为${typeNames[String(issue['expected'])] ?? '另一种类型'}`;
    case 'invalid_value':
      return issue.input === undefined ? '必填' : `只能是：${(issue['values'] as unknown[]).join('、')}`;
    case 'too_big':
      return `不能大于${String(issue['maximum'])}`;
    case 'too_small':
      return `不能小于${String(issue['minimum'])}`;
    case 'invalid_union':
      return issue.input === undefined ? '必填' : '不符合任何一种允许的形式';
    default:
      return '填写有误';
  }
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => pointerTo(String(part))).join('');
}

function at(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], data);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}
