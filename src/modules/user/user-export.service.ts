import { Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/principal.js';
import { UserContentExporter } from './ports.js';
import { scopeOfUser } from './user.js';
import { TrackedEventService } from './tracked-event.service.js';
import { UserService } from './user.service.js';

/** All that is stored of a user, line by line, so that its size does not matter. */
@Injectable()
export class UserExportService {
  constructor(
    private readonly users: UserService,
    private readonly content: UserContentExporter,
    private readonly tracked: TrackedEventService,
  ) {}

  /** Throws UserNotFound before the first line. */
  async export(scope: Scope, userId: string): Promise<AsyncIterable<string>> {
    const user = await this.users.get(scope, userId);
    const view = await this.users.view(scope, user);
    const own = scopeOfUser(user);
    const events = (await this.tracked.all(own, userId)).map((event) => ({ event }));
    return this.lines([{ user: view }, ...events], this.content.export(own, userId));
  }

  private async *lines(first: object[], rest: AsyncIterable<object>): AsyncIterable<string> {
    for (const item of first) yield `${JSON.stringify(item)}\n`;
    for await (const item of rest) yield `${JSON.stringify(item)}\n`;
  }
}
