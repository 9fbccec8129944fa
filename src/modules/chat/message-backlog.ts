import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Backlog, type BacklogState } from '../../infrastructure/queue/backlog.js';
import { MessageRepository } from './message.repository.js';

const MOST = 1_000;

/** What the relay has to do. */
@Injectable()
export class MessageBacklog extends Backlog {
  constructor(
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  read(): Promise<BacklogState> {
    return this.messages.overdue(this.clock.now(), MOST);
  }
}
