import { Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/principal.js';
import { UserContentExporter } from './ports.js';
import { scopeOfUser } from './user.js';
import { UserService } from './user.service.js';

/** All that is stored of a user, line by line, so that its size does not matter. */
@Injectable()
export class UserExportService {
  constructor(
    private readonly users: UserService,
    private readonly content: UserContentExporter,
  ) {}

  /** Throws UserNotFound before the first line. */
  async export(scope: Scope, userId: string): Promise<AsyncIterable<string>> {
    const user = await this.users.get(scope, userId);
    const view = await this.users.view(scope, user);
    return this.lines({ user: view }, this.content.export(scopeOfUser(user), userId));
  }

  private async *lines(first: object, rest: AsyncIterable<object>): AsyncIterable<string> {
    yield `${JSON.stringify(first)}\n`;
    for await (const item of rest) yield `${JSON.stringify(item)}\n`;
  }
}
