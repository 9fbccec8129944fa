import { v7, validate } from 'uuid';

/** A new id: unique anywhere and sorted by the time of its making. Opaque to clients. */
export function newId(): string {
  return v7();
}

/** True for what newId may have made. Anything else cannot exist here and need not be looked up. */
export function isId(value: string): boolean {
  return validate(value);
}
