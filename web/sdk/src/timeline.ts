import type { Timeline } from './types.js';

export const EMPTY_TIMELINE: Timeline = {
  status: 'loading',
  items: [],
  headSeq: 0,
  headRev: 0,
  minSeq: 0,
  hasOlder: false,
  isLoadingOlder: false,
  typing: [],
  readMarkers: {},
  unreadAfterSeq: 0,
};
