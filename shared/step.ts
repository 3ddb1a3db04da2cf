/** The path of a leaf or of a parallel state inside its lifecycle, joined by dots: `construction.project.building`. */
export type Leaf = string;

/**
 * Where an execution goes after a leaf was left. `to` is the next leaf, or the parallel state that was entered, or,
 * inside a region, the region's next leaf (its final leaf included). `then` is set when the same event also completed
 * the parallel state around the leaf: the leaf or parallel state that follows it. `abandoned` is set when an exit from
 * further out left the whole parallel state: the execution leaves it by the error `Lifecycle.Left`, and `to` is where it goes.
 */
export interface Route {
  readonly to: Leaf;
  readonly then?: Leaf;
  readonly abandoned?: true;
}

/** The answer an execution gets when a leaf is over: the route, the event's number, and for each leaf entered how long it may wait (whole seconds). */
export interface Step {
  readonly to: Leaf;
  readonly then?: Leaf;
  readonly n: number;
  readonly at: readonly Leaf[];
  readonly waits: Readonly<Record<Leaf, number>>;
}

/** What an execution (one leg of a case) starts from: the same facts for the leaves that the case is in. */
export interface LegInput {
  readonly case: string;
  readonly leg: number;
  readonly n: number;
  readonly at: readonly Leaf[];
  readonly waits: Readonly<Record<Leaf, number>>;
}

/** Error names that cross from Lambda to Step Functions; the handler that throws and the definition that catches read them here. */
export const stepErrors = {
  left: 'Lifecycle.Left',
  rollOver: 'Lifecycle.RollOver',
  divergence: 'MirrorDivergence',
} as const;

/** The answer (`to`) that ends a leg and lets the next one go on at the same leaf. */
export const nextLeg = 'NextLeg';
