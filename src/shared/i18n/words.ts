/** The shape of a catalogue without its texts: another language has the same keys, no more and no fewer. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
