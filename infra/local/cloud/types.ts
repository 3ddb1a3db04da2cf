import type { MovableClock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { SignInPerson } from '../oidc/people.ts';
import type { Model } from '../template/model.ts';

/** How a cloud is started. */
export interface CloudOptions {
  readonly dataFolder: string;
  /** Folder of the cloud assembly (`cdk.out`); a function is asked for it after the data folder is locked. */
  readonly assembly: string | (() => string);
  /** Port of the (first) HTTP API; 0 takes the one it had before, or any. */
  readonly port: number;
  /** Test mode: signatures count, and roles may do only what the template gives them. */
  readonly enforce: boolean;
  /** Functions call the table engine itself: faster, but their roles for the table are not checked. Everything else stays as `enforce` says. */
  readonly tablesDirect?: boolean;
  readonly region: string;
  readonly people: readonly SignInPerson[];
  /** The audience inside tokens, for the template's parameter `OidcAudience`. */
  readonly audience: string;
  /** Further template parameters by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Threads per function; as many as cores, 2 to 4, unless said otherwise. */
  readonly threads?: number;
  /** Threads of all functions together that are kept warm; 8 unless said otherwise. */
  readonly warmThreads?: number;
  /** Items to put into a table when it is new, by DynamoDB's JSON; called once per data folder. */
  readonly seed?: (tables: Model['tables']) => readonly { readonly table: string; readonly item: Readonly<Record<string, unknown>> }[];
}

/** The addresses of a running cloud, as `endpoints.json` has them. */
export interface Endpoints {
  readonly api: string;
  readonly dynamodb: string;
  readonly streams: string;
  readonly s3: string;
  readonly states: string;
  readonly events: string;
  readonly scheduler: string;
  readonly sqs: string;
  readonly sns: string;
  readonly lambda: string;
  readonly oidc: string;
  readonly admin: string;
  readonly region: string;
  readonly accountId: string;
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A running cloud. */
export interface Cloud {
  readonly endpoints: Endpoints;
  readonly model: Model;
  readonly clock: MovableClock;
  readonly functions: Functions;
  /** Resolves when no stream record, execution step, delivery or invocation is in flight. */
  settle(): Promise<void>;
  tokenFor(person: string): Promise<string>;
  stop(): Promise<void>;
}

/** The account that everything is in. */
export const accountId = '000000000000';
