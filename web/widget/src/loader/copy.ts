/** As it is now and without what cannot be posted: a page's objects may hold anything, and go on changing. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
