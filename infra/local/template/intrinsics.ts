/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string; readonly Export?: { readonly Name: unknown } }>>;
}

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
}

/** What references in a template are answered from. `where` names the place for error messages. */
export interface Scope {
  readonly template: Template;
  readonly pseudo: Readonly<Record<string, unknown>>;
  readonly where: string;
  parameter(name: string): unknown;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): unknown;
  importValue(name: string): unknown;
}

/** The answer of `AWS::NoValue`: the property around it is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [id = '', ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.attribute(id, path.join('.'));
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = pair(argument, scope, 'Fn::Join');
    return list(resolve(parts, scope), scope, 'Fn::Join').join(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = pair(argument, scope, 'Fn::Select');
    const all = list(resolve(items, scope), scope, 'Fn::Select');
    const at = Number(resolve(index, scope));
    return at in all ? all[at] : fail(scope, `Fn::Select asks for item ${at} of ${all.length}`);
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = pair(argument, scope, 'Fn::Split');
    return String(resolve(text, scope)).split(String(separator));
  },
  'Fn::If': (argument, scope) => {
    const [name, then, otherwise] = list(argument, scope, 'Fn::If');
    return resolve(condition(String(name), scope) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = pair(argument, scope, 'Fn::Equals');
    return String(resolve(left, scope)) === String(resolve(right, scope));
  },
  'Fn::And': (argument, scope) => list(argument, scope, 'Fn::And').every((each) => resolve(each, scope) === true),
  'Fn::Or': (argument, scope) => list(argument, scope, 'Fn::Or').some((each) => resolve(each, scope) === true),
  'Fn::Not': (argument, scope) => resolve(list(argument, scope, 'Fn::Not')[0], scope) !== true,
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, scope, 'Fn::FindInMap').map((each) => String(resolve(each, scope)));
    const found = scope.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
    return found ?? fail(scope, `Fn::FindInMap finds nothing at ${map}.${first}.${second}`);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(String(resolve(argument, scope))),
  'Fn::Base64': (argument, scope) => Buffer.from(String(resolve(argument, scope))).toString('base64'),
  Condition: (name, scope) => condition(String(name), scope),
};

/** Replaces every intrinsic function inside `value`; throws naming `scope.where` when one is unknown or leads nowhere. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, scope)).filter((each) => each !== noValue);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = (entries.length === 1 && entries[0]) || ['', undefined];
  const intrinsic = intrinsics[name];
  // `Condition` is also an ordinary key (of policy statements): it is a function only where its argument is a condition's name.
  const ordinary = name === 'Condition' && !(typeof argument === 'string' && argument in (scope.template.Conditions ?? {}));
  if (intrinsic && !ordinary) return intrinsic(argument, scope);
  if (name.startsWith('Fn::')) fail(scope, `${name} is not interpreted by the local cloud`);
  return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each, scope)] as const).filter(([, each]) => each !== noValue));
}

/** Whether the named condition of the template holds. */
export function condition(name: string, scope: Scope): boolean {
  const definition = scope.template.Conditions?.[name];
  return definition === undefined ? fail(scope, `there is no condition ${name}`) : resolve(definition, scope) === true;
}

/** The logical ids that `value` refers to by Ref, Fn::GetAtt or Fn::Sub. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [argument];
    if (name === 'Fn::GetAtt') return [Array.isArray(argument) ? String(argument[0]) : (String(argument).split('.')[0] ?? '')];
    if (name === 'Fn::Sub') return [...placeholders(argument), ...referencesIn(argument)];
    return referencesIn(argument);
  });
}

function placeholders(argument: unknown): string[] {
  const text = String(Array.isArray(argument) ? argument[0] : argument);
  return [...text.matchAll(/\$\{([^!.}][^.}]*)(?:\.[^}]*)?\}/g)].map((match) => match[1] ?? '');
}

function reference(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return noValue;
  if (name.startsWith('AWS::')) return scope.pseudo[name] ?? fail(scope, `the pseudo parameter ${name} is not interpreted`);
  return scope.template.Parameters?.[name] ? scope.parameter(name) : scope.ref(name);
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = (variables ?? {}) as Readonly<Record<string, unknown>>;
  return String(text).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in own) return String(resolve(own[name], scope));
    const dot = name.indexOf('.');
    return String(dot < 0 ? reference(name, scope) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}

function pair(argument: unknown, scope: Scope, name: string): [unknown, unknown] {
  const items = list(argument, scope, name);
  return items.length === 2 ? [items[0], items[1]] : fail(scope, `${name} takes two arguments`);
}

function list(argument: unknown, scope: Scope, name: string): unknown[] {
  return Array.isArray(argument) ? argument : fail(scope, `${name} takes a list`);
}

function fail(scope: Scope, reason: string): never {
  throw new Error(`${scope.where}: ${reason}`);
}
