import type { Checksum, ChecksumAlgorithm } from './checksums.ts';

/** Whether a bucket keeps versions; `Off` means it was never switched on. */
export type Versioning = 'Off' | 'Enabled' | 'Suspended';

/** One rule of who may call from a browser. Origins and headers may hold one `*`. */
export interface CorsRule {
  readonly id?: string;
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly maxAgeS?: number;
}

/** How long new versions are kept from deletion when the upload does not say. */
export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly unit: 'Days' | 'Years';
  readonly count: number;
}

/** Nobody ends a COMPLIANCE retention early; GOVERNANCE yields to those who may bypass it. */
export type RetentionMode = 'COMPLIANCE' | 'GOVERNANCE';

/** A bucket. `createdAt` in ms; `lock` is set for buckets with object lock. */
export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  readonly versioning: Versioning;
  readonly cors?: readonly CorsRule[];
  readonly lock?: { readonly retention?: DefaultRetention };
}

/** Until when (ms) a version may not be deleted. */
export interface Retention {
  readonly mode: RetentionMode;
  readonly until: number;
}

/** What uploads say about an object beside its bytes: headers given back as they came, tags, retention. */
export interface About {
  readonly headers: Readonly<Record<string, string>>;
  readonly encryption: Readonly<Record<string, string>>;
}

/** A run of bytes in one blob. */
export interface Segment {
  readonly blob: string;
  readonly size: number;
}

/** One uploaded part as a finished object remembers it. */
export interface PartFact {
  readonly number: number;
  readonly size: number;
  readonly checksum?: string;
}

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** One version of one key; `marker` is a delete marker, which has no bytes. `modifiedAt` in ms; `etag` without quotes. */
export interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly rank: number;
  readonly id: string;
  readonly marker: boolean;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly latest: boolean;
  readonly about: About;
  readonly segments: readonly Segment[];
  readonly parts?: readonly PartFact[];
  readonly checksum?: Checksum;
  readonly upload?: string;
  readonly tags: Tags;
  readonly retention?: Retention;
  readonly hold: boolean;
}

/** What a new version is made of; the store adds its place and its id. */
export type NewVersion = Omit<Version, 'rank' | 'id' | 'latest' | 'marker'>;

/** A multipart upload under way. `algorithm` is what its parts must carry; undefined when the uploader named none. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAt: number;
  readonly about: About;
  readonly tags: Tags;
  readonly algorithm?: ChecksumAlgorithm;
  readonly checksumType: Checksum['type'];
  readonly retention?: Retention;
  readonly hold: boolean;
}

/** One part of an upload. `checksum` is base64, by the upload's algorithm. */
export interface Part {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly blob: string;
  readonly checksum: string;
}
