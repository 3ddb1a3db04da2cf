/** A form that may still be incomplete: a draft is saved as soon as what is there has the right types. */
export type Draft<T> = T extends readonly (infer Member)[] ? readonly Draft<Member>[] : T extends object ? { readonly [K in keyof T]?: Draft<T[K]> | undefined } : T;
