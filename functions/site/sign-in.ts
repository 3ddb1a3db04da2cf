/** What the pages must know about signing in; without an issuer they ask for a token. */
export interface SignIn {
  readonly issuer: string | undefined;
  readonly client: string;
  /** Where attachments are put and fetched: a page may talk to it. */
  readonly files?: string | undefined;
}
