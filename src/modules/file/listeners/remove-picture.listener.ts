import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { PictureReplaced } from '../../agent/agent.events.js';
import { AvatarService } from '../avatar.service.js';

@Injectable()
export class RemovePictureListener {
  constructor(private readonly avatars: AvatarService) {}

  @OnDomainEvent('agent.picture_replaced')
  remove({ key }: PictureReplaced): Promise<void> {
    return this.avatars.remove(key);
  }
}
