import { describe, expect, it } from '@jest/globals';
import { isForAgentsOnly, type SaidEvent, type SaidFacts } from './conversation-event.js';
import { aStamp } from './fakes/factories.fake.js';
import { sentenceOf, toSystemEvent } from './system-event.js';

const stamp = aStamp(new Date('2026-11-27T09:00:00.000Z'));
const names = new Map([
  ['a', { name: 'Ana' }],
  ['b', { name: 'Ben' }],
  ['t', { name: 'Refunds' }],
]);
const of = (facts: SaidFacts, by = stamp): SaidEvent => ({ ...by, ...facts });
const said = (facts: SaidFacts, by = stamp) => sentenceOf(toSystemEvent(of(facts, by), names));

describe(toSystemEvent.name, () => {
  const until = new Date('2026-11-28T00:00:00.000Z');
  const actor = { actorType: 'agent', actorId: stamp.actor.id, actorName: 'Jiwoo Park' };

  it('says who did what, with the names of those whom it is about', () => {
    const event = toSystemEvent(of({ event: 'assigned', assigneeId: 'a' }), names);
    expect(event).toEqual({ event: 'assigned', ...actor, assigneeId: 'a', assigneeName: 'Ana' });
    const given = toSystemEvent(of({ event: 'team_assigned', teamId: 't' }), names);
    expect(given).toEqual({ event: 'team_assigned', ...actor, teamId: 't', teamName: 'Refunds' });
    const facts = { event: 'status_changed', status: 'snoozed', previousStatus: 'open' } as const;
    expect(toSystemEvent(of({ ...facts, until }), names)).toEqual({
      ...facts,
      ...actor,
      until: until.toISOString(),
    });
  });

  it('tells coming and going by oneself from being added and removed', () => {
    const self = { ...stamp, actor: { ...stamp.actor, id: 'a' } };
    const eventOf = (facts: SaidFacts, by = stamp) => toSystemEvent(of(facts, by), names);
    expect(eventOf({ event: 'participants_added', agentIds: ['a'] }, self).event).toBe('joined');
    expect(eventOf({ event: 'participants_removed', agentIds: ['a'] }, self).event).toBe('left');
    expect(eventOf({ event: 'participants_added', agentIds: ['a', 'b'] }, self)).toMatchObject({
      event: 'participants_added',
      agentNames: ['Ana', 'Ben'],
    });
  });
});

describe(sentenceOf.name, () => {
  it.each<[string, SaidFacts]>([
    ['Jiwoo Park assigned this to Ana', { event: 'assigned', assigneeId: 'a' }],
    ['Jiwoo Park removed the assignee', { event: 'assigned', assigneeId: null }],
    ['Jiwoo Park gave this to the team Refunds', { event: 'team_assigned', teamId: 't' }],
    ['Jiwoo Park removed the team', { event: 'team_assigned', teamId: null }],
    [
      'Jiwoo Park changed the status from open to resolved',
      { event: 'status_changed', status: 'resolved', previousStatus: 'open', until: null },
    ],
    ['Jiwoo Park added Ana, Ben', { event: 'participants_added', agentIds: ['a', 'b'] }],
    ['Jiwoo Park removed Ben', { event: 'participants_removed', agentIds: ['b'] }],
    ['Jiwoo Park renamed this to news', { event: 'renamed', name: 'news', previousName: 'old' }],
    ['Jiwoo Park archived this', { event: 'archived' }],
    ['Jiwoo Park took this out of the archive', { event: 'unarchived' }],
  ])('%s', (sentence, facts) => {
    expect(said(facts)).toBe(sentence);
  });

  it('names who came or went', () => {
    const by = { ...stamp, actor: { ...stamp.actor, id: 'b', name: 'Ben' } };
    expect(said({ event: 'participants_added', agentIds: ['b'] }, by)).toBe('Ben joined');
    expect(said({ event: 'participants_removed', agentIds: ['b'] }, by)).toBe('Ben left');
  });
});

describe(isForAgentsOnly.name, () => {
  it('keeps from the user how the team works, but not that their matter is settled', () => {
    const status = (to: 'open' | 'resolved' | 'snoozed') =>
      isForAgentsOnly(of({ event: 'status_changed', status: to, previousStatus: 'pending', until: null }));
    expect([status('open'), status('snoozed'), status('resolved')]).toEqual([true, true, false]);
    expect(isForAgentsOnly(of({ event: 'assigned', assigneeId: null }))).toBe(true);
    expect(isForAgentsOnly(of({ event: 'team_assigned', teamId: 't' }))).toBe(true);
    expect(isForAgentsOnly(of({ event: 'renamed', name: 'x', previousName: null }))).toBe(false);
  });
});
