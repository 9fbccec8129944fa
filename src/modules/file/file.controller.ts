import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentPrincipal, Public } from '../../common/access/access.js';
import type { Principal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type { AttachmentView } from '../../contracts/chat.js';
import { FileDto, FileLinkDto } from './dto/file.dto.js';
import { answerWith } from './file-answer.js';
import { FileContentService } from './file-content.service.js';
import { ApiUpload, receive } from './file-form.js';
import { FileService } from './file.service.js';

const FILE_ID = new IdParam('files');
const BYTES = { type: 'string', format: 'binary' };

@ApiTags('Files')
@Controller('v1/files')
export class FileController {
  constructor(
    private readonly files: FileService,
    private readonly contents: FileContentService,
  ) {}

  @Post()
  @Access('file.upload')
  @ApiOperation({
    summary: 'Upload a file',
    description:
      'Send it with `attachmentIds` of a message within a day; how large it may be is a setting of the environment. Pictures are turned upright and lose what the camera noted in them.',
  })
  @ApiUpload()
  @ApiErrors('chat.blocked')
  @ApiCreatedResponse({ type: FileDto })
  upload(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentView> {
    return receive(this.files, principal, [request, reply], (file) => this.files.upload(principal, file));
  }

  @Get(':id')
  @Access('file.read')
  @ApiOperation({ summary: 'A file with fresh links' })
  @ApiOkResponse({ type: FileDto })
  @ApiErrors('files.not_found')
  get(@CurrentPrincipal() principal: Principal, @Param('id', FILE_ID) id: string): Promise<AttachmentView> {
    return this.files.get(principal, id);
  }

  @Get(':id/content')
  @Public()
  @ApiOperation({
    summary: 'The bytes of a file',
    description: 'By a link that `url` or `thumbnailUrl` of a file gave. Understands `Range`.',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'All of it', schema: BYTES })
  @ApiResponse({ status: 206, description: 'The part that was asked for', schema: BYTES })
  @ApiResponse({ status: 416, description: 'There is no such part' })
  @ApiErrors('common.validation_failed', 'files.link_expired', 'files.not_found', 'common.unavailable')
  async content(
    @Param('id', FILE_ID) id: string,
    @Query() link: FileLinkDto,
    @Req() { headers }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const content = await this.contents.find(id, link);
    await answerWith(reply, { headers, tag: `"${id}-${link.variant}"` }, content);
  }
}
