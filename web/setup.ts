/** What the page was told by the function that serves it; without an issuer a token is pasted. */
export interface Setup {
  readonly issuer?: string;
  readonly client: string;
}

/** How to sign in, from the block of data in the page. */
export const setup: Setup = JSON.parse(document.querySelector('#setup')?.textContent ?? '{"client":"console"}') as Setup;
