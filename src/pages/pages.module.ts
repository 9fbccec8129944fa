import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DemoModule } from '../demo/demo.module.js';
import { DashboardController } from './dashboard.controller.js';
import { MailOutboxController } from './mail-outbox.controller.js';
import { API_POLICY } from './page-policy.js';
import { WidgetController } from './widget.controller.js';

/** What people open in a browser. */
@Module({
  imports: [DemoModule],
  controllers: [DashboardController, WidgetController, MailOutboxController],
})
export class PagesModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Each page names a policy of its own; whatever does not gets the strictest. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', (_, reply, payload, done) => {
      if (!reply.hasHeader('content-security-policy'))
        void reply.header('content-security-policy', API_POLICY);
      done(null, payload);
    });
  }
}
