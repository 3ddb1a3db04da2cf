/** Somebody who can sign in: `about` says in Chinese what they do and for whom, `tries` what there is to try as them. */
export interface SignInPerson {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly tries?: string;
}
