import type { Plugin } from 'esbuild';

/** What stands in for a part of the SDK that no invocation reaches; whoever does reach it is told so. */
const standIns = [
  { file: /[\\/]Sha(?:1|256)Js\.js$/, contents: (name: string) => `export class ${name} { constructor() { throw new Error('${name} is not in the bundle: node:crypto hashes'); } }` },
  {
    file: /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/,
    contents: () => `export { resolveEventStreamSerdeConfig } from './eventstream-serde-config-resolver/EventStreamSerdeConfig';
export const eventStreamSerdeProvider = () => undefined;
export class EventStreamSerde { constructor() { throw new Error('event streams are not in the bundle: no operation of ours has one'); } }`,
  },
] as const;

/** Leaves out hashing in JavaScript, which is for browsers without `crypto`, and event streams, which only S3's SELECT has: 25 KB of a bundle with S3. */
export const neverReached: Plugin = {
  name: 'never-reached',
  setup: ({ onLoad }) => {
    for (const { file, contents } of standIns) {
      onLoad({ filter: file }, ({ path }) => ({ contents: contents(/(\w+)\.js$/.exec(path)?.[1] ?? ''), loader: 'js', resolveDir: path.replace(/[\\/][^\\/]+$/, '') }));
    }
  },
};
