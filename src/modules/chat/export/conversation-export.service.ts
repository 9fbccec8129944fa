import { Injectable } from '@nestjs/common';
import { scopeOf, type Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { outlasting } from '../../../common/errors/outlasting.js';
import { ConversationAccess } from '../conversation-access.js';
import { ConversationViews } from '../conversation-views.js';
import type { Conversation } from '../conversation.js';
import type { Message } from '../message.js';
import { isSeen, sightOf } from '../message-sight.js';
import { MessageRepository } from '../message.repository.js';
import { MessageViews } from '../message-views.js';
import { AnsweredMessages } from './answered-messages.js';
import type { ExportFormat, ExportFormatName, ExportSheet } from './export-format.js';
import { exportNameOf } from './export-name.js';
import { EXPORT_WORDS, type ExportLanguage, type ExportWords } from './export-words.js';
import { htmlExport } from './html-export.js';
import { JSON_EXPORT } from './json-export.js';
import { textExport } from './text-export.js';

const FORMATS: Record<ExportFormatName, (words: ExportWords) => ExportFormat> = {
  json: () => JSON_EXPORT,
  text: textExport,
  html: htmlExport,
};
/** Messages of one read, and the most that is ever held: at their longest some six megabytes. */
const PAGE = 200;

export interface ConversationExport {
  type: string;
  /** The value of Content-Disposition. */
  disposition: string;
  /** Reads on only when it is asked for the next one. */
  pieces: AsyncIterable<string>;
}

/** One reading: who reads what, and how far. */
interface Reading {
  principal: Principal;
  conversation: Conversation;
  words: ExportWords;
  /** The newest message when it began; what is said later is not in it, so that it ends. */
  headSeq: number;
}

/** A whole conversation as one file, however long, as it is now: edited words as they were last, none deleted. */
@Injectable()
export class ConversationExportService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly views: ConversationViews,
    private readonly messages: MessageRepository,
    private readonly messageViews: MessageViews,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound before the first piece. */
  async export(
    principal: Principal,
    conversationId: string,
    formatName: ExportFormatName,
    language: ExportLanguage,
  ): Promise<ConversationExport> {
    const conversation = await this.access.seeNow(principal, conversationId);
    const [view, heads] = await Promise.all([
      this.views.one(principal, conversation),
      this.messages.heads(scopeOf(principal), [conversationId]),
    ]);
    const words = EXPORT_WORDS[language];
    const format = FORMATS[formatName](words);
    const title = titleOf(conversation, words);
    const sheet = { title, conversation: view, exportedAt: this.clock.now() };
    const headSeq = heads.get(conversationId)?.headSeq ?? 0;
    return {
      type: format.type,
      disposition: exportNameOf(title, conversationId, format.extension),
      pieces: this.piecesOf(format, sheet, { principal, conversation, words, headSeq }),
    };
  }

  private async *piecesOf(
    format: ExportFormat,
    sheet: ExportSheet,
    reading: Reading,
  ): AsyncGenerator<string> {
    yield format.head(sheet);
    const answered = new AnsweredMessages((id) => this.findVisible(reading, id), reading.words);
    let isFirst = true;
    for await (const page of this.pagesOf(reading)) {
      const quotes = format.hasQuotes ? await answered.ofAll(page) : [];
      const items = page.map((message, index) => ({
        message: this.messageViews.one(message),
        answered: quotes[index] ?? null,
      }));
      yield items.map((item, index) => format.message(item, isFirst && index === 0)).join('');
      isFirst = false;
    }
    yield format.end();
  }

  /** Each page is another question whether the caller may still see it: a long export can outlast a membership. */
  private async *pagesOf({ principal, conversation, headSeq }: Reading): AsyncGenerator<Message[]> {
    const sight = sightOf(principal);
    for (let afterSeq = 0; afterSeq < headSeq;) {
      const bounds = { afterSeq, limit: PAGE, ...sight };
      const page = await outlasting(async () => {
        await this.access.see(principal, conversation.id);
        return this.messages.page(scopeOf(principal), conversation.id, bounds);
      });
      const due = page.filter(({ seq }) => seq <= headSeq);
      if (due.length > 0) yield due;
      if (page.length < PAGE) return;
      afterSeq = page.at(-1)!.seq;
    }
  }

  private async findVisible({ principal, conversation }: Reading, id: string): Promise<Message | null> {
    const found = await this.messages.find(scopeOf(principal), conversation.id, id);
    return found && isSeen(sightOf(principal), found) ? found : null;
  }
}

function titleOf({ subject, name, user, kind }: Conversation, words: ExportWords): string {
  return subject ?? name ?? user?.name ?? words.untitled(words.kinds[kind]);
}
