import { setting } from './setting.ts';

/** A function's credentials as Lambda puts them into its environment. */
export interface EnvironmentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Stands in the bundles for the SDK's chain of credential sources (`infra/build/bundle.ts`): a function's credentials are in
 * its environment and nowhere else, and the chain would bring along sign-in clients that weigh a fifth of a bundle.
 */
export function defaultProvider(): () => Promise<EnvironmentCredentials> {
  return async () => {
    const sessionToken = process.env['AWS_SESSION_TOKEN'];
    return { accessKeyId: setting('AWS_ACCESS_KEY_ID'), secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'), ...(sessionToken ? { sessionToken } : {}) };
  };
}
