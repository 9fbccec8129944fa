import { describe, expect, it } from 'vitest';
import {
  filterOf,
  INBOX_VIEWS,
  isSameSearch,
  narrowingIn,
  NOT_NARROWED,
  placeOfSaved,
  savedFilterOf,
  searchOf,
} from './inbox-address';

const NARROWED = { ...NOT_NARROWED, teamId: 'team-1', tag: 'vip', priority: 'high', query: 'tea' };

describe('the address of an inbox list', () => {
  it('says all that the list is narrowed to, and is read back', () => {
    const search = searchOf(NARROWED, 'view-1');
    expect(search).toBe('q=tea&team=team-1&tag=vip&priority=high&saved=view-1');
    expect(narrowingIn(new URLSearchParams(search))).toEqual(NARROWED);
  });

  it('takes no priority that there is not', () => {
    expect(narrowingIn(new URLSearchParams('priority=whatever'))).toEqual(NOT_NARROWED);
  });

  it('asks for what it says', () => {
    expect(filterOf('mine', NARROWED, 'agent-1')).toEqual({
      kind: 'support',
      status: 'open',
      assigneeId: 'agent-1',
      teamId: 'team-1',
      tag: 'vip',
      priority: 'high',
      query: 'tea',
    });
    const mine = { ...NOT_NARROWED, assigneeId: 'me' };
    expect(filterOf('snoozed', mine, 'agent-1')).toMatchObject({ status: 'snoozed', assigneeId: 'agent-1' });
  });

  it('asks for mentions in whatever conversation', () => {
    expect(filterOf('mentions', NARROWED, 'agent-1')).toEqual({ mentioned: true, query: 'tea' });
  });
});

describe('a saved filter', () => {
  it.each(INBOX_VIEWS.filter((view) => view !== 'mentions'))(
    'leads back to where it was saved: %s',
    (view) => {
      expect(placeOfSaved(savedFilterOf(view, NARROWED))).toEqual({ view, narrowing: NARROWED });
    },
  );

  it('is told from another one', () => {
    const saved = savedFilterOf('all', NARROWED);
    expect(isSameSearch(saved, { ...saved })).toBe(true);
    expect(isSameSearch(saved, { ...saved, tag: 'other' })).toBe(false);
    expect(isSameSearch(saved, { ...saved, status: 'pending' })).toBe(false);
  });
});
