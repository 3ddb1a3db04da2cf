import { checkTemplate, type FieldRule } from './check-fields.ts';
import type { Findings, StateScope } from './findings.ts';
import { type JsonObject, isObject } from './values.ts';

const string: FieldRule = { type: 'string' };
const template: FieldRule = { type: 'template' };
const positive: FieldRule = { type: 'integer', least: 1 };

const configFields: Readonly<Record<string, FieldRule>> = { Mode: { type: 'string', values: ['INLINE', 'DISTRIBUTED'] }, ExecutionType: { type: 'string', values: ['STANDARD', 'EXPRESS'] } };
const readerFields: Readonly<Record<string, FieldRule>> = { Resource: string, Arguments: template, ReaderConfig: { type: 'object' } };
const readerConfigFields: Readonly<Record<string, FieldRule>> = {
  InputType: { type: 'string', values: ['JSON', 'JSONL', 'CSV'] },
  MaxItems: { type: 'integer' },
  CSVHeaderLocation: { type: 'string', values: ['FIRST_ROW', 'GIVEN'] },
  CSVHeaders: { type: 'list' },
  CSVDelimiter: { type: 'string', values: ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'] },
  ItemsPointer: string,
};
const batcherFields: Readonly<Record<string, FieldRule>> = { MaxItemsPerBatch: positive, MaxInputBytesPerBatch: { type: 'integer', least: 1, most: 262_144 }, BatchInput: template };
const writerFields: Readonly<Record<string, FieldRule>> = { Resource: string, Arguments: template, WriterConfig: { type: 'object' } };
const writerConfigFields: Readonly<Record<string, FieldRule>> = {
  Transformation: { type: 'string', values: ['NONE', 'COMPACT', 'FLATTEN'] },
  OutputType: { type: 'string', values: ['JSON', 'JSONL'] },
};

const distributedOnly = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'] as const;

/** Checks the fields that only a Map has. */
export function checkMap(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  const processor = state.ItemProcessor;
  if (!isObject(processor)) return;
  const config = processor.ProcessorConfig ?? {};
  if (isObject(config)) checkTemplate(findings, config, { fields: configFields, required: [] }, `${at}/ItemProcessor/ProcessorConfig`);
  else findings.schema("The field 'ProcessorConfig' must be an object", `${at}/ItemProcessor/ProcessorConfig`);
  const isDistributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  if (isDistributed && config.ExecutionType === undefined) findings.schema('These fields are required: [ExecutionType]', `${at}/ItemProcessor/ProcessorConfig`);
  for (const name of distributedOnly) if (state[name] !== undefined && !isDistributed) findings.schema(`The field '${name}' needs the mode DISTRIBUTED`, `${at}/${name}`);
  if (state.Items !== undefined && state.ItemReader !== undefined) findings.schema("Only one of 'Items' and 'ItemReader' is allowed", `${at}/ItemReader`);
  checkLabel(findings, state.Label, at);
  checkParts(findings, state, at);
  scope.inner(processor, `${at}/ItemProcessor`, isDistributed);
}

function checkLabel(findings: Findings, label: unknown, at: string): void {
  if (typeof label !== 'string') return;
  if (label.length === 0 || label.length > 40) findings.schema("The field 'Label' must have 1 to 40 characters", `${at}/Label`);
  // eslint-disable-next-line no-control-regex
  const bad = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\u0000-\u001f\u007f-\u009f]/.exec(label)?.[0];
  if (bad !== undefined) findings.schema(`Label contains invalid character: '${bad}'`, `${at}/Label`);
}

function checkParts(findings: Findings, state: JsonObject, at: string): void {
  const { ItemReader: reader, ItemBatcher: batcher, ResultWriter: writer } = state;
  if (isObject(reader)) {
    checkTemplate(findings, reader, { fields: readerFields, required: ['Resource'] }, `${at}/ItemReader`);
    checkResource(findings, reader.Resource, ['s3:getObject', 's3:listObjectsV2'], `${at}/ItemReader/Resource`);
    if (isObject(reader.ReaderConfig)) checkTemplate(findings, reader.ReaderConfig, { fields: readerConfigFields, required: [] }, `${at}/ItemReader/ReaderConfig`);
    checkReaderConfig(findings, reader, at);
  }
  if (isObject(batcher)) {
    checkTemplate(findings, batcher, { fields: batcherFields, required: [] }, `${at}/ItemBatcher`);
    if (batcher.MaxItemsPerBatch === undefined && batcher.MaxInputBytesPerBatch === undefined) findings.schema("One of these fields is required: ['MaxItemsPerBatch', 'MaxInputBytesPerBatch']", `${at}/ItemBatcher`);
  }
  if (!isObject(writer)) return;
  checkTemplate(findings, writer, { fields: writerFields, required: [] }, `${at}/ResultWriter`);
  if (writer.Resource !== undefined) checkResource(findings, writer.Resource, ['s3:putObject'], `${at}/ResultWriter/Resource`);
  if (isObject(writer.WriterConfig)) checkTemplate(findings, writer.WriterConfig, { fields: writerConfigFields, required: [] }, `${at}/ResultWriter/WriterConfig`);
  if (writer.Resource === undefined && writer.WriterConfig === undefined) findings.schema("One of these fields is required: ['Resource', 'WriterConfig']", `${at}/ResultWriter`);
}

function checkResource(findings: Findings, resource: unknown, known: readonly string[], at: string): void {
  if (typeof resource !== 'string') return;
  const name = /^arn:aws[a-z-]*:states:::(?:aws-sdk:)?(.+)$/.exec(resource)?.[1];
  if (name === undefined || !known.includes(name)) findings.schema(`The resource '${resource}' is not supported here; use one of [${known.join(', ')}]`, at);
}

function checkReaderConfig(findings: Findings, reader: JsonObject, at: string): void {
  const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const place = `${at}/ItemReader/ReaderConfig`;
  const reads = typeof reader.Resource === 'string' && reader.Resource.endsWith('getObject');
  if (reads && config.InputType === undefined) findings.schema('These fields are required: [InputType]', place);
  if (config.InputType === 'CSV' && config.CSVHeaderLocation === undefined) findings.schema('These fields are required: [CSVHeaderLocation]', place);
  const headers = config.CSVHeaders;
  if (config.CSVHeaderLocation === 'GIVEN' && !(Array.isArray(headers) && headers.every((header) => typeof header === 'string'))) findings.schema("The field 'CSVHeaders' must be a list of strings", `${place}/CSVHeaders`);
}
