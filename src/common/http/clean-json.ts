import type { FieldFault } from '../../contracts/common.js';

const MAX_DEPTH = 12;
/** Above what any DTO takes, 4 KB of metadata included: to look at each of a hundred thousand would stop the node. */
const MAX_ENTRIES = 2_100;

/**
 * Faults that no DTO can describe: null bytes, lone surrogates, keys that mean something to a store or to
 * JavaScript, nesting without end. Looked for before anything else is, in bodies, queries, socket events and in what
 * bots answer.
 */
export function findUncleanJson(value: unknown, path = '', depth = 0): FieldFault | undefined {
  if (typeof value === 'string') return uncleanText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { path, message: `is nested deeper than ${MAX_DEPTH} levels` };
  const entries = Object.entries(value);
  if (entries.length > MAX_ENTRIES) return { path, message: `holds more than ${MAX_ENTRIES} values` };
  for (const [key, child] of entries) {
    const childPath = path ? `${path}.${key}` : key;
    const fault = uncleanKey(key, childPath) ?? findUncleanJson(child, childPath, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

function uncleanText(text: string, path: string): FieldFault | undefined {
  if (text.includes('\0')) return { path, message: 'contains a null character' };
  if (!text.isWellFormed())
    return { path: path.toWellFormed(), message: 'contains half of a surrogate pair' };
  return undefined;
}

function uncleanKey(key: string, path: string): FieldFault | undefined {
  if (key.startsWith('$') || key in Object.prototype || key === 'prototype') {
    return { path: path.slice(0, 200).toWellFormed(), message: 'is not an allowed name' };
  }
  return uncleanText(key, path);
}
