import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Unavailable } from '../../../common/errors/common.errors.js';
import { newId } from '../../../common/ids.js';
import type { AgentService } from '../../agent/agent.service.js';
import type { TeamService } from '../../agent/team.service.js';
import { ConversationViews } from '../conversation-views.js';
import type { Conversation } from '../conversation.js';
import { anAgent, aPartner, aUser, theUserOf, aStamp } from '../fakes/factories.fake.js';
import { SYSTEM } from '../conversation-event.js';
import { aHouse, type House } from '../fakes/house.fake.js';
import { deleteBy, editBy, reactBy } from '../message-change.js';
import { ConversationExportService } from './conversation-export.service.js';
import type { ExportFormatName } from './export-format.js';
import type { ExportLanguage } from './export-words.js';

const MINJI = { type: 'user' as const, id: newId(), name: 'Kim Minji', avatarUrl: null };

describe(ConversationExportService.name, () => {
  let house: House;
  let exports: ConversationExportService;
  let conversation: Conversation;

  beforeEach(async () => {
    house = aHouse();
    const agents = { namesOf: async () => new Map() } as unknown as AgentService;
    const teams = { namesOf: async () => new Map() } as unknown as TeamService;
    const views = new ConversationViews(agents, teams, house.markers, house.unread, house.clock);
    exports = new ConversationExportService(house.access, views, house.messages, house.views, house.clock);
    const user = { id: MINJI.id, name: MINJI.name, avatarUrl: null };
    conversation = await house.add({ subject: 'Exchange of order A-1001', user });
  });

  const agent = () => anAgent({ organizationId: conversation.organizationId });
  const user = () => theUserOf(conversation);
  const say = (content: string, given: Parameters<House['say']>[1] = {}) =>
    house.say(conversation, { content, sender: MINJI, ...given });
  const change = (id: string, rule: ReturnType<typeof editBy>) =>
    house.messages.change({ organizationId: conversation.organizationId }, conversation.id, id, rule, []);
  async function read(
    format: ExportFormatName,
    as: Parameters<ConversationExportService['export']>[0],
    language: ExportLanguage = 'en',
  ) {
    const { pieces } = await exports.export(as, conversation.id, format, language);
    let written = '';
    for await (const piece of pieces) written += piece;
    return written;
  }

  describe('export', () => {
    it('is one JSON document of any number of messages, in order', async () => {
      for (let n = 1; n <= 250; n++) await say(`message ${n}`);
      const document = JSON.parse(await read('json', user()));
      expect(document.conversation).toMatchObject({ id: conversation.id, subject: conversation.subject });
      expect(document.participants).toMatchObject([{ type: 'user', name: 'Kim Minji' }]);
      expect(document.messages.map(({ seq }: { seq: number }) => seq)).toEqual(
        Array.from({ length: 250 }, (_, index) => index + 1),
      );
    });

    it('is whole also when the store was away for a moment', async () => {
      for (let n = 1; n <= 250; n++) await say(`message ${n}`);
      jest.spyOn(house.messages, 'page').mockRejectedValueOnce(new Unavailable());
      expect(JSON.parse(await read('json', user())).messages).toHaveLength(250);
    });

    it.each<ExportFormatName>(['json', 'text', 'html'])('writes %s of nothing said yet', async (format) => {
      const written = await read(format, user());
      expect(written).toContain('Kim Minji');
      if (format === 'json') expect(JSON.parse(written).messages).toEqual([]);
    });

    it('is readable text: times, names, what is answered, files and reactions', async () => {
      const question = await say('제품 교환 문의입니다\n두 번째 줄');
      const file = { id: 'f1', name: 'receipt.png', mimeType: 'image/png', size: 20_480, url: '/f1' };
      await say('here', { replyToId: question.id, attachments: [file] });
      await change(question.id, reactBy(agent(), { type: 'agent', id: newId() }, '👍', true));
      const text = await read('text', user());
      expect(text).toContain('Exchange of order A-1001\n');
      expect(text).toContain('Participants: Kim Minji (user)\n');
      expect(text).toContain(
        '\n#1  Nov 20, 2026, 09:00:00 UTC  Kim Minji (user)\n' +
          '    제품 교환 문의입니다\n    두 번째 줄\n    [reactions] 👍 1\n',
      );
      expect(text).toContain(
        '\n    > #1 Kim Minji: 제품 교환 문의입니다 두 번째 줄\n    here\n    [file] receipt.png (image/png, 20.0 KB)\n',
      );
    });

    it('speaks the language of its reader, in all that nobody wrote', async () => {
      const question = await say('When?');
      const event = { event: 'archived', actorType: 'agent', actorId: 'a', actorName: 'Jiwoo' };
      const done = await say('Jiwoo archived this', { type: 'system', sender: SYSTEM, metadata: event });
      await say('지금', { replyToId: done.id });
      await change(question.id, editBy(user(), { content: 'When, please?' }, house.clock.now()));
      const deleted = await say('away with it');
      await change(deleted.id, deleteBy(user(), house.clock.now()));
      const text = await read('text', user(), 'ko');
      const html = await read('html', user(), 'ko');
      expect(html).toMatch(/^<!doctype html>\n<html lang="ko">/);
      expect(text).toContain(`대화: ${conversation.id} (상담, 진행 중)\n참여자: Kim Minji (고객)\n`);
      const time = '2026년 11월 20일 09:00:00 UTC';
      expect(text).toContain(`#1  ${time}  Kim Minji (고객) · ${time} 수정\n    When, please?\n`);
      expect(text).toContain(`#2  ${time}  시스템\n    Jiwoo님이 보관했습니다\n`);
      expect(text).toContain('    > #2 시스템: Jiwoo님이 보관했습니다\n    지금\n');
      expect(text).toContain(`    (${time} 삭제됨)\n`);
      for (const words of ['상담, 진행 중', time, 'Jiwoo님이 보관했습니다']) expect(html).toContain(words);
      expect(`${text}${html}`).not.toMatch(/archived|Participants|deleted \d|edited|user\)|agent\)/);
      expect(await read('text', user())).toContain('  system\n    Jiwoo archived this\n');
    });

    it('lets no words look like another message, nor move what is around them', async () => {
      await say('hi\n\n#2  2026-11-20 09:00:00 UTC  Jiwoo (agent)\u2028\u001b[2J\u202eevil');
      const lines = (await read('text', user())).split('\n');
      expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(1);
      expect(lines).toContain('    [2Jevil');
    });

    it('is one page without anything that runs or loads', async () => {
      const evil = `<script>alert(1)</script><img src=x onerror="alert(1)"> & 'quoted'`;
      const sender = { ...MINJI, name: '<b>Minji</b>' };
      const first = await say(evil, { sender });
      await say('answer', { replyToId: first.id });
      const html = await read('html', user());
      expect(html).not.toMatch(/<(script|img|link|iframe|b)\b/);
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(html).toContain(`<a href="#${first.id}">#1</a> <bdi>&lt;b&gt;Minji&lt;/b&gt;</bdi>`);
      expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(html.trimEnd()).toMatch(/<\/html>$/);
    });

    it('has the last words of what was edited and nothing of what was deleted', async () => {
      const edited = await say('first words');
      const deleted = await say('secret words');
      await say('and you?', { replyToId: deleted.id });
      await change(edited.id, editBy(user(), { content: 'last words' }, house.clock.now()));
      await change(deleted.id, deleteBy(user(), house.clock.now()));
      for (const format of ['json', 'text', 'html'] as const) {
        const written = await read(format, agent());
        expect(written).toContain('last words');
        expect(written).not.toMatch(/first words|secret words/);
      }
      expect(await read('text', agent())).toContain('(deleted Nov 20, 2026, 09:00:00 UTC)');
    });

    it('has notes for agents, and for nobody else, not even as what is answered', async () => {
      const note = await say('between us', { private: true });
      await say('public', { replyToId: note.id });
      const { organizationId, environmentId } = conversation;
      const key = { organizationId, environmentId: environmentId ?? '', scopes: ['messages:read'] };
      for (const format of ['json', 'text', 'html'] as const) {
        expect(await read(format, agent())).toContain('between us');
        expect(await read(format, user())).not.toContain('between us');
        expect(await read(format, aPartner(key))).not.toContain('between us');
      }
    });

    it('is not there for others', async () => {
      for (const stranger of [aUser(), anAgent(), aPartner()]) {
        await expect(exports.export(stranger, conversation.id, 'json', 'en')).rejects.toMatchObject({
          code: 'chat.not_found',
        });
      }
    });

    it('reads no further than it is asked to, nor what is said after it began', async () => {
      for (let n = 0; n < 250; n++) await say('x');
      const page = jest.spyOn(house.messages, 'page');
      const { pieces } = await exports.export(user(), conversation.id, 'json', 'en');
      await say('later');
      let taken = 0;
      for await (const piece of pieces) {
        expect(piece).not.toContain('later');
        if (++taken === 2) expect(page).toHaveBeenCalledTimes(1);
      }
      expect(page).toHaveBeenCalledTimes(2);
    });

    it('ends in the middle for somebody who was removed meanwhile', async () => {
      const member = agent();
      const { organizationId } = member;
      const memberIds = [member.id];
      conversation = await house.add({ organizationId, kind: 'group', user: null, memberIds });
      for (let n = 0; n < 250; n++) await say('x');
      const { pieces } = await exports.export(member, conversation.id, 'json', 'en');
      const reading = pieces[Symbol.asyncIterator]();
      await reading.next();
      await reading.next();
      const scope = { organizationId };
      await house.conversations.removeMembers(scope, conversation.id, memberIds, aStamp(house.clock.now()));
      house.access.forget(conversation.id);
      await expect(reading.next()).rejects.toMatchObject({ code: 'chat.not_found' });
    });
  });
});
