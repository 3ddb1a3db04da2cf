/** Collects findings; `schema` is for the commonest code. */
export interface Findings {
  add(code: string, message: string, location: string): void;
  schema(message: string, location: string): void;
}

/** What a state's checks need of the flow it is in. */
export interface StateScope {
  readonly targets: ReadonlySet<string>;
  readonly outer: ReadonlySet<string>;
  readonly isJsonata: boolean;
  readonly isExpress: boolean;
  /** Checks a branch or an item processor; `isolated` when it does not see the variables around it. */
  inner(graph: unknown, path: string, isolated: boolean): void;
}
