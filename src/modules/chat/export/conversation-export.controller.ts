import { Controller, Get, Header, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Access, CurrentPrincipal } from '../../../common/access/access.js';
import type { Principal } from '../../../common/access/principal.js';
import { ApiErrors } from '../../../common/http/api-errors.js';
import { preferredLanguage } from '../../../common/http/accept-language.js';
import { IdParam } from '../../../common/http/id-param.pipe.js';
import { RateLimit } from '../../../infrastructure/limits/rate-limit.guard.js';
import { EXPORT_LANGUAGES, ExportQueryDto } from '../dto/export.dto.js';
import { ConversationExportService } from './conversation-export.service.js';
import { EXPORT_POLICY } from './html-export.js';

@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationExportController {
  constructor(private readonly exports: ConversationExportService) {}

  @Get(':id/export')
  @Access('conversation.export')
  @RateLimit('conversation-export', 10)
  @ApiOperation({
    summary: 'A whole conversation as a file',
    description:
      'As it is now: the last words of what was edited, nothing of what was deleted. `json` is one document ' +
      '`{ exportedAt, conversation, participants, messages }`, `text` is for reading, `html` one page that prints well. ' +
      'Notes are in it for those who may read them. An export that breaks off is not complete: ask again.',
  })
  @ApiOkResponse({
    description: 'The file',
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'text/plain': { schema: { type: 'string' } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  @Header('cache-control', 'no-store')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('chat')) id: string,
    @Query() { format, language }: ExportQueryDto,
    @Headers('accept-language') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const spoken = language ?? preferredLanguage(accepted, EXPORT_LANGUAGES);
    const { type, disposition, pieces } = await this.exports.export(principal, id, format, spoken);
    void reply.header('content-security-policy', EXPORT_POLICY);
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type, disposition });
  }
}
