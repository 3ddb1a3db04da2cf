/** Somebody who can sign in: `about` says in Chinese what they do and for whom. */
export interface SignInPerson {
  readonly id: string;
  readonly name: string;
  readonly about: string;
}
