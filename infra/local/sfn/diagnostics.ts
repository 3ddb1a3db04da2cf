import { checkGraph } from './check-graph.ts';
import type { Findings } from './findings.ts';
import { WireError } from './errors.ts';
import { parserSentence } from './requests.ts';
import { isObject } from './values.ts';

/** One finding about a definition, as ValidateStateMachineDefinition answers it. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

// AWS's limit for a definition, in bytes.
const maxDefinitionBytes = 1_048_576;

/** Everything that is wrong with a definition, or not done here. */
export function readDiagnostics(text: string, type: 'STANDARD' | 'EXPRESS'): readonly Diagnostic[] {
  if (text.trim() === '') return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' }];
  if (Buffer.byteLength(text) > maxDefinitionBytes) return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be at most 1 MB' }];
  let definition: unknown;
  try {
    definition = JSON.parse(text) as unknown;
  } catch (error) {
    return [notJson(text, error as Error)];
  }
  if (!isObject(definition)) return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' }];
  const found: Diagnostic[] = [];
  const add: Findings['add'] = (code, message, location) => found.push({ severity: 'ERROR', code, message, location });
  checkGraph({ add, schema: (message, location) => add('SCHEMA_VALIDATION_FAILED', message, location) }, definition, type);
  return found;
}

function notJson(text: string, error: Error): Diagnostic {
  const sentence = parserSentence(text) ?? error.message;
  const column = (/^\s*[\w$]*/.exec(text)?.[0].length ?? 0) + 1;
  const location = `[Source: (String)"${text.slice(0, 500)}"; line: 1, column: ${column}]`;
  return { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: `${sentence}\n at ${location}`, location };
}

/** Answers a definition that can be run; throws InvalidDefinition naming each field. */
export function checkDefinition(text: string, type: 'STANDARD' | 'EXPRESS'): string {
  const errors = readDiagnostics(text, type);
  if (errors.length === 0) return text;
  const list = errors.slice(0, 20).map(({ code, message, location }) => (code === 'INVALID_JSON_DESCRIPTION' ? `${code}: ${message}` : `${code}: ${message}${location === undefined ? '' : ` at ${location}`}`));
  throw new WireError('InvalidDefinition', `Invalid State Machine Definition: '${list.join(', ')}'`);
}
