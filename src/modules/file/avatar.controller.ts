import { Controller, Delete, Get, Param, Put, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentPrincipal, Public } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import type { OwnAgentView } from '../../contracts/tenants.js';
import { AvatarService } from './avatar.service.js';
import { OWN_AGENT } from './dto/file.dto.js';
import { ApiUpload, receive } from './file-form.js';
import { FileService } from './file.service.js';

const YEAR_SECONDS = 31_536_000;

@ApiTags('Agents')
@Controller('v1')
export class AvatarController {
  constructor(
    private readonly avatars: AvatarService,
    private readonly files: FileService,
  ) {}

  @Put('agents/me/avatar')
  @Access('agent.update-self')
  @ApiOperation({
    summary: 'Upload your own picture',
    description:
      'It is cut to a square of 256 pixels, turned upright, and loses what the camera noted in it. Everybody who has its address can see it.',
  })
  @ApiUpload()
  @ApiOkResponse({ schema: OWN_AGENT })
  replace(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnAgentView> {
    return receive(this.files, principal, [request, reply], (file) => this.avatars.replace(principal, file));
  }

  @Delete('agents/me/avatar')
  @Access('agent.update-self')
  @ApiOperation({ summary: 'Remove your own picture' })
  @ApiOkResponse({ schema: OWN_AGENT })
  clear(@CurrentPrincipal() principal: AgentPrincipal): Promise<OwnAgentView> {
    return this.avatars.clear(principal);
  }

  @Get('avatars/:name')
  @Public()
  @ApiOperation({ summary: 'A picture of an agent', description: 'By an `avatarUrl`. It never changes.' })
  @ApiProduces('image/webp')
  @ApiOkResponse({ description: 'The picture', schema: { type: 'string', format: 'binary' } })
  @ApiErrors('files.not_found', 'common.unavailable')
  async show(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const picture = await this.avatars.open(name);
    void reply.headers({
      'content-type': 'image/webp',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`,
    });
    await reply.send(picture);
  }
}
