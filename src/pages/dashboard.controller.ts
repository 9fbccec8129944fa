import { join } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../common/access/access.js';
import { NotFound } from '../common/errors/common.errors.js';
import { packageRoot } from '../infrastructure/package-root.js';
import { newNonce, pagePolicy } from './page-policy.js';
import { FOR_EVER, notBuilt, pageHtml, REVALIDATED, sendFile } from './page-replies.js';
import { StaticFolder } from './static-folder.js';
import { pathBelow } from './request-path.js';

@ApiExcludeController()
@Public()
@Controller()
export class DashboardController {
  private readonly folder = new StaticFolder(join(packageRoot, 'web/dashboard/dist'));

  @Get()
  start(@Res() reply: FastifyReply): FastifyReply {
    return reply.redirect('/dashboard', 302);
  }

  @Get('dashboard')
  root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.app(request, reply);
  }

  /** A file of the build, or the app itself: it finds out by the path what to show. */
  @Get('dashboard/*')
  async below(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const path = pathBelow(request, '/dashboard/');
    const file = path === 'index.html' ? null : await this.folder.find(path);
    if (file) return sendFile(request, reply, file, path.startsWith('assets/') ? FOR_EVER : REVALIDATED);
    if (path.startsWith('assets/')) throw new NotFound('common');
    return this.app(request, reply);
  }

  private async app(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const page = await this.folder.find('index.html');
    if (!page) return notBuilt(reply, 'npm run build:web');
    const nonce = newNonce();
    const html = page.body.toString('utf8').replaceAll('__CSP_NONCE__', nonce);
    return pageHtml(reply, html, pagePolicy({ nonce, frameAncestors: "'none'", host: request.host }));
  }
}
