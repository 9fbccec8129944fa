import { Controller, Delete, Get, Param, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentPrincipal, Public } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import type { OwnAgentView } from '../../contracts/tenants.js';
import { AvatarService } from './avatar.service.js';
import { OWN_AGENT, UploadDto } from './dto/file.dto.js';
import { incomingOf } from './file-form.js';
import { FileService } from './file.service.js';

const USUAL_ERRORS = ['auth.unauthenticated', 'auth.forbidden', 'common.unavailable'];
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
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadDto })
  @ApiOkResponse({ schema: OWN_AGENT })
  @ApiErrors(
    'common.validation_failed',
    ...USUAL_ERRORS,
    'common.rate_limited',
    'common.payload_too_large',
    'files.unsupported_type',
  )
  async replace(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnAgentView> {
    // What is refused is not read to its end, and nothing else can come after it.
    void reply.header('connection', 'close');
    setRateHeaders(reply, await this.files.limitUploading(principal));
    const maxBytes = await this.files.maxBytesFor(principal);
    const agent = await this.avatars.replace(principal, await incomingOf(request, maxBytes));
    void reply.removeHeader('connection');
    return agent;
  }

  @Delete('agents/me/avatar')
  @Access('agent.update-self')
  @ApiOperation({ summary: 'Remove your own picture' })
  @ApiOkResponse({ schema: OWN_AGENT })
  @ApiErrors(...USUAL_ERRORS)
  clear(@CurrentPrincipal() principal: AgentPrincipal): Promise<OwnAgentView> {
    return this.avatars.clear(principal);
  }

  @Get('avatars/:name')
  @Public()
  @ApiOperation({ summary: 'A picture of an agent', description: 'By an `avatarUrl`. It never changes.' })
  @ApiProduces('image/webp')
  @ApiOkResponse({ description: 'The picture' })
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
