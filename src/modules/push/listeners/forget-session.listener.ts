import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { SessionEnded } from '../../auth/auth.events.js';
import { PushService } from '../push.service.js';

/** Whoever signs out, or is sent out, hears nothing on that device any more. */
@Injectable()
export class ForgetSessionListener {
  constructor(private readonly push: PushService) {}

  @OnDomainEvent('session.ended')
  forget({ sessionId }: SessionEnded): Promise<void> {
    return this.push.forgetSession(sessionId);
  }
}
