import * as z from 'zod/mini';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import { allStatePaths, phasesOf } from '../../machines/state-paths.ts';
import { cities, region } from '../../shared/divisions.ts';
import { departments } from '../../shared/sectors.ts';
import { publishedNames, scenarioDocuments } from '../documents/names.ts';
import { mostInBulk } from '../../shared/contracts/bulk.ts';
import { rowId } from '../../shared/contracts/list.ts';
import { person } from '../../shared/contracts/text.ts';
import { exportFiles } from '../exports/kinds.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/));
// Ids with commas between them, so many at most.
const idsUpTo = (most: number) => z.string().check(z.regex(new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}(,[A-Za-z0-9][A-Za-z0-9._-]{0,79}){0,${most - 1}}$`)));
const cursor = z.optional(z.string().check(z.minLength(1)));
const limit = z.optional(z.int().check(z.minimum(1), z.maximum(100)));

const half = z.string().check(z.regex(/^\d{4}-H[12]$/));
const edition = z.optional(z.int().check(z.minimum(1), z.maximum(999)));
const year = z.optional(z.int().check(z.minimum(2025), z.maximum(2099)));
const words = z.optional(z.string().check(z.maxLength(100)));

/** The header that makes a repeated write the same write. */
const idempotency = { 'Idempotency-Key': z.string().check(z.regex(/^[\x21-\x7e]{8,128}$/)) };

const cityCodes = cities.map(({ code }) => code);
const sectors = departments.map((department) => department.id);
const division = z.enum([region, ...cities, ...cities.flatMap(({ counties }) => counties)].map(({ code }) => code));
const phaseOf = (kinds: readonly LifecycleName[]) => z.optional(z.enum([...new Set(kinds.flatMap(phasesOf))]));

/** What a list may be sifted by; an empty wish is none. `leaf` is a state's path or a phase; `city` and `sector` are of the unit; `q` are words of title, unit or number. */
export const wishes = {
  leaf: z.optional(z.enum(['', ...allStatePaths()])),
  city: z.optional(z.enum(['', ...cityCodes])),
  sector: z.optional(z.enum(['', ...sectors])),
  q: z.optional(z.string().check(z.maxLength(60))),
};
const lifecycle = z.optional(z.enum(['governmentInvestment', 'socialInvestment', 'publication', 'recovery']));
const day = z.optional(z.iso.date());

/** Parameters that operations share, by where they stand. */
export const parameters = {
  oneCase: { path: z.object({ id }) },
  oneFile: { path: z.object({ id, attachment: id }) },
  oneRevision: { path: z.object({ id, revision: z.int().check(z.minimum(1), z.maximum(9_999_999_999)) }) },
  revisions: { query: z.object({ before: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999))), limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))) }) },
  since: { query: z.object({ since: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999))) }) },
  oneDocument: { path: z.object({ id, name: z.enum(scenarioDocuments) }) },
  oneSceneListFile: { path: z.object({ id, name: z.enum(['annex1.xlsx', 'annex1.docx']) }) },
  oneRow: { path: z.object({ id, row: rowId }) },
  rows: { query: z.object({ after: z.optional(z.int().check(z.minimum(0), z.maximum(9999))), limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))) }) },
  forUnit: { query: z.object({ unit: z.optional(id) }) },
  listed: { query: z.object({ ids: idsUpTo(100) }) },
  listedInBulk: { query: z.object({ ids: idsUpTo(mostInBulk) }) },
  oneCode: { path: z.object({ code: z.string().check(z.minLength(1)) }) },
  rehearsalPart: { path: z.object({ id, part: z.enum(['list', 'blocked']) }), query: z.object({ cursor }) },
  oneListFile: { path: z.object({ batch: half, name: z.enum(publishedNames) }), query: z.object({ edition }) },
  oneExtract: { path: z.object({ batch: half, number: z.string().check(z.regex(/^GX-\d{4}-H[12]-\d{4,}$/)) }), query: z.object({ edition }) },
  published: { query: z.object({ edition, cursor }) },
  search: {
    query: z.object({
      text: words, name: words, unit: words, batch: z.optional(half), year: z.optional(z.int().check(z.minimum(2000), z.maximum(2999))),
      city: z.optional(z.enum(cityCodes)), sector: z.optional(z.enum(sectors)), lifecycle: z.optional(z.enum(['governmentInvestment', 'socialInvestment'])),
      editions: z.optional(z.enum(['newest', 'all'])), limit, cursor,
    }),
  },
  oneBatch: { path: z.object({ batch: half }) },
  dataAuthorities: { query: z.object({ level: z.optional(z.enum(['region', 'city', 'county'])), division: z.optional(division) }) },
  library: { query: z.object({ q: z.optional(z.string().check(z.maxLength(60))), direction: z.optional(z.enum(['digitalGovernment', 'digitalSociety', 'digitalEconomy'])), lifecycle: z.optional(z.enum(['governmentInvestment', 'socialInvestment'])), division: z.optional(division), limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))), cursor }) },
  ofYear: { query: z.object({ year: z.string().check(z.regex(/^20(2[5-9]|[3-9]\d)$/)) }) },
  named: { query: z.object({ q: z.string().check(z.minLength(2), z.maxLength(60)), limit, cursor }) },
  page: { query: z.object({ limit, cursor }) },
  listOf: (kinds: readonly LifecycleName[]) => ({ query: z.object({ lifecycle: z.optional(z.enum(kinds)), phase: phaseOf(kinds), ...wishes, limit, cursor }) }),
  tasks: { query: z.object({ lifecycle, ...wishes, dueFrom: day, dueTo: day, limit, cursor }) },
  steps: { query: z.object({ lifecycle, ...wishes, limit, cursor }) },
  deliveries: { query: z.object({ status: z.optional(z.enum(['waiting', 'delivered', 'dead'])), limit, cursor }) },
  oneDelivery: { path: z.object({ id: z.string().check(z.minLength(1)) }) },
  oneStandIn: { path: z.object({ id }) },
  exported: { path: z.object({ file: z.enum(exportFiles) }), query: z.object({ lifecycle, phase: phaseOf(Object.keys(lifecycles) as LifecycleName[]), ...wishes, dueFrom: day, dueTo: day, batch: z.optional(z.string().check(z.regex(/^\d{4}-H[12]$/))), cursor }) },
  events: { query: z.object({ after: z.optional(z.int().check(z.minimum(0), z.maximum(9_999_999_998))), limit }) },
  ledgerYear: { query: z.object({ year }) },
  journal: { query: z.object({ year, after: z.optional(z.string().check(z.minLength(1))), limit: z.optional(z.int().check(z.minimum(1), z.maximum(200))) }) },
  cursor: { query: z.object({ cursor }) },
  write: { header: z.object({ ...idempotency, 'On-Behalf-Of': z.optional(person), 'If-Match': z.string().check(z.regex(/^"\d{1,10}"$/)) }) },
  version: { header: z.object({ 'If-Match': z.string().check(z.regex(/^"\d{1,10}"$/)) }) },
  create: { header: z.object(idempotency) },
} as const;
