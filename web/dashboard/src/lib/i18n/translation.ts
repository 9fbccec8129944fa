import type { en } from './en';

/** Korean has one plural form, so what English says in the singular has no counterpart there. */
type Translated<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>;
};

export type Translation = Translated<typeof en>;
