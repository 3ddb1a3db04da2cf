import type { Graph } from './graph.ts';
import { tableText } from './transitions.ts';

/** What `versions.json` keeps of a lifecycle: its explicit version and the hash of the transition table under that version. */
export interface VersionRow {
  readonly version: string;
  readonly table: string;
}

/** Versions by lifecycle. */
export type Versions = Readonly<Record<string, VersionRow>>;

/** The versions as they are now; `hash` is any stable digest of a text. */
export function versionsOf(graphs: readonly Graph[], hash: (text: string) => string): Versions {
  return Object.fromEntries(graphs.map((graph) => [graph.lifecycle, { version: graph.version, table: hash(tableText(graph)) }]));
}

/**
 * Lifecycles whose table changed while their version did not. From 1.0.0 on this is forbidden: running cases are pinned to a
 * version, and one version must mean one chart. Before (`0.x.y`, or anything that is not `x.y.z`), a chart may change freely.
 */
export function unversioned(before: Versions, now: Versions): string[] {
  return Object.entries(now).flatMap(([name, row]) => {
    const old = before[name];
    const settled = /^[1-9]\d*\.\d+\.\d+$/.test(row.version);
    return old && settled && old.version === row.version && old.table !== row.table ? [name] : [];
  });
}
