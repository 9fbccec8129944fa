import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type { Page } from '../../contracts/common.js';
import type { SavedViewView } from '../../contracts/tenants.js';
import {
  CreateSavedViewDto,
  SavedViewDto,
  SavedViewPageDto,
  toSavedViewView,
  UpdateSavedViewDto,
} from './dto/saved-view.dto.js';
import { SavedViewService } from './saved-view.service.js';

const isViewId = new IdParam('view');

@ApiTags('Inbox')
@Controller('v1/agents/me/views')
export class SavedViewController {
  constructor(private readonly views: SavedViewService) {}

  @Get()
  @Access('saved-view.manage')
  @ApiOperation({ summary: 'List your saved views of the inbox' })
  @ApiOkResponse({ type: SavedViewPageDto })
  async list(@CurrentPrincipal() principal: AgentPrincipal): Promise<Page<SavedViewView>> {
    const views = await this.views.list(principal);
    return { items: views.map(toSavedViewView), nextCursor: null };
  }

  @Post()
  @Access('saved-view.manage')
  @ApiOperation({ summary: 'Save a view of the inbox', description: 'Yours alone; at most 50.' })
  @ApiCreatedResponse({ type: SavedViewDto })
  @ApiErrors('common.validation_failed', 'view.too_many')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: CreateSavedViewDto,
  ): Promise<SavedViewView> {
    return toSavedViewView(await this.views.create(principal, body));
  }

  @Patch(':id')
  @Access('saved-view.manage')
  @ApiOperation({ summary: 'Rename, change or move a saved view' })
  @ApiOkResponse({ type: SavedViewDto })
  @ApiErrors('common.validation_failed', 'view.not_found')
  async update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isViewId) id: string,
    @Body() body: UpdateSavedViewDto,
  ): Promise<SavedViewView> {
    return toSavedViewView(await this.views.update(principal, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('saved-view.manage')
  @ApiOperation({ summary: 'Remove a saved view' })
  @ApiNoContentResponse()
  @ApiErrors('view.not_found')
  remove(@CurrentPrincipal() principal: AgentPrincipal, @Param('id', isViewId) id: string): Promise<void> {
    return this.views.remove(principal, id);
  }
}
