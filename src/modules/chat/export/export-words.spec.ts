import { describe, expect, it } from '@jest/globals';
import type { SystemEvent } from '../../../contracts/chat.js';
import { EXPORT_WORDS, spokenBy } from './export-words.js';

const JIWOO = { actorType: 'agent', actorId: 'a', actorName: 'Jiwoo' } as const;
const TWO = { agentIds: ['b', 'c'], agentNames: ['Sora', 'Min'] };

describe(spokenBy.name, () => {
  const said = (metadata: object, type: 'system' | 'text' = 'system') => ({
    type,
    content: 'as it was stored',
    metadata: { ...metadata },
  });
  const events: [event: SystemEvent, ko: string, en: string][] = [
    [
      { ...JIWOO, event: 'assigned', assigneeId: 'b', assigneeName: 'Sora' },
      'Jiwoo님이 Sora님에게 배정했습니다',
      'Jiwoo assigned this to Sora',
    ],
    [
      { ...JIWOO, event: 'assigned', assigneeId: null, assigneeName: null },
      'Jiwoo님이 배정을 해제했습니다',
      'Jiwoo removed the assignee',
    ],
    [
      { ...JIWOO, event: 'status_changed', status: 'resolved', previousStatus: 'open', until: null },
      'Jiwoo님이 상태를 바꿨습니다: 진행 중 → 해결',
      'Jiwoo changed the status from open to resolved',
    ],
    [
      {
        ...{ actorType: 'system', actorId: 'system', actorName: 'System' },
        ...{ event: 'status_changed', status: 'open', previousStatus: 'snoozed', until: null },
      },
      '시스템이 상태를 바꿨습니다: 보류 → 진행 중',
      'System changed the status from snoozed to open',
    ],
    [
      { ...JIWOO, event: 'participants_added', ...TWO },
      'Jiwoo님이 Sora님, Min님을 초대했습니다',
      'Jiwoo added Sora, Min',
    ],
    [
      { ...JIWOO, event: 'participants_removed', ...TWO },
      'Jiwoo님이 Sora님, Min님을 내보냈습니다',
      'Jiwoo removed Sora, Min',
    ],
    [{ ...JIWOO, event: 'joined' }, 'Jiwoo님이 참여했습니다', 'Jiwoo joined'],
    [{ ...JIWOO, event: 'left' }, 'Jiwoo님이 나갔습니다', 'Jiwoo left'],
    [
      { ...JIWOO, event: 'renamed', name: 'Sales', previousName: 'Shop' },
      'Jiwoo님이 이름을 바꿨습니다: Sales',
      'Jiwoo renamed this to Sales',
    ],
    [{ ...JIWOO, event: 'archived' }, 'Jiwoo님이 보관했습니다', 'Jiwoo archived this'],
    [
      { ...JIWOO, event: 'unarchived' },
      'Jiwoo님이 보관을 해제했습니다',
      'Jiwoo took this out of the archive',
    ],
  ];

  it.each(events)('says in both languages what happened: %j', (event, ko, en) => {
    expect(spokenBy(said(event), EXPORT_WORDS.ko)).toBe(ko);
    expect(spokenBy(said(event), EXPORT_WORDS.en)).toBe(en);
  });

  it.each([
    said({}),
    said({ event: 'from_later' }),
    said({ event: 'toString' }),
    said({ ...JIWOO, event: 'left' }, 'text'),
  ])('leaves everything else as it is: %j', (message) =>
    expect(spokenBy(message, EXPORT_WORDS.ko)).toBe('as it was stored'),
  );
});
