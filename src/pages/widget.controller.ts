import { join } from 'node:path';
import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../common/access/access.js';
import { NotFound } from '../common/errors/common.errors.js';
import { AppConfig } from '../config/app-config.js';
import { DemoTenant } from '../demo/demo-tenant.js';
import { packageRoot } from '../infrastructure/package-root.js';
import { newNonce, pagePolicy } from './page-policy.js';
import { FOR_EVER, notBuilt, pageHtml, sendFile, SHORTLY } from './page-replies.js';
import { StaticFolder } from './static-folder.js';
import { pathBelow } from './request-path.js';

const BUILD = 'npm run build:web';
/** Nothing that could end a string or an attribute of the page that it is written into. */
const PLUGIN_KEY = /^[\w-]{1,100}$/;

@ApiExcludeController()
@Public()
@Controller()
export class WidgetController {
  private readonly folder = new StaticFolder(join(packageRoot, 'web/widget/dist'));

  constructor(
    private readonly config: AppConfig,
    private readonly demo: DemoTenant,
  ) {}

  /** The demo shop, which embeds the widget as a customer would. */
  @Get('widget')
  async shop(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('pluginKey') pluginKey: unknown,
  ): Promise<FastifyReply> {
    const page = await this.folder.find('shop.html');
    if (!page) return notBuilt(reply, BUILD);
    const nonce = newNonce();
    const html = page.body
      .toString('utf8')
      .replaceAll('__CSP_NONCE__', nonce)
      .replaceAll('__PLUGIN_KEY__', await this.pluginKeyFor(pluginKey));
    const policy = pagePolicy({ nonce, frameAncestors: "'none'", hasInlineScript: true, host: request.host });
    return pageHtml(reply, html, policy);
  }

  /**
   * What the loader opens inside the customer's page; which origins may use it is checked at boot. Pages that isolate
   * themselves from other origins take only frames that do as well.
   */
  @Get('widget/frame')
  @Header('cross-origin-embedder-policy', 'credentialless')
  frame(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.chat(request, reply, '*');
  }

  /** The same in a tab that the customer's page opens on phones, and must stay in touch with. */
  @Get('widget/tab')
  @Header('cross-origin-opener-policy', 'unsafe-none')
  tab(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.chat(request, reply, "'none'");
  }

  @Get('widget/assets/*')
  async asset(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const file = await this.folder.find(pathBelow(request, '/widget/'));
    if (!file) throw new NotFound('common');
    return sendFile(request, reply, file, FOR_EVER);
  }

  @Get('sdk/loader.js')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  loader(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.script(request, reply, 'sdk/loader.js');
  }

  /** What the loader imports when there is something to open. */
  @Get('sdk/panel.js')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  panel(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.script(request, reply, 'sdk/panel.js');
  }

  private async script(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
    const file = await this.folder.find(path);
    return file ? sendFile(request, reply, file, SHORTLY) : notBuilt(reply, BUILD);
  }

  private async chat(
    request: FastifyRequest,
    reply: FastifyReply,
    frameAncestors: '*' | "'none'",
  ): Promise<FastifyReply> {
    const page = await this.folder.find('frame.html');
    if (!page) return notBuilt(reply, BUILD);
    const nonce = newNonce();
    const html = page.body.toString('utf8').replaceAll('__CSP_NONCE__', nonce);
    return pageHtml(reply, html, pagePolicy({ nonce, frameAncestors, host: request.host }));
  }

  private async pluginKeyFor(wanted: unknown): Promise<string> {
    if (typeof wanted === 'string' && PLUGIN_KEY.test(wanted)) return wanted;
    if (!this.config.server.hasDemoTenant) return '';
    return (await this.demo.ensure())?.pluginKey ?? '';
  }
}
