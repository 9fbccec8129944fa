import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import type { NotificationSettings } from '../../contracts/tenants.js';
import { AgentService } from './agent.service.js';
import { NotificationSettingsDto, UpdateNotificationSettingsDto } from './dto/notification-settings.dto.js';

@ApiTags('Notifications')
@Controller('v1/agents/me/notifications')
export class NotificationSettingsController {
  constructor(private readonly agents: AgentService) {}

  @Get()
  @Access('agent.update-self')
  @ApiOperation({ summary: 'Read of what you want to hear, where and when' })
  @ApiOkResponse({ type: NotificationSettingsDto })
  read(@CurrentPrincipal() principal: AgentPrincipal): Promise<NotificationSettings> {
    return this.agents.notificationsOf(principal);
  }

  @Patch()
  @Access('agent.update-self')
  @ApiOperation({
    summary: 'Change of what you want to hear, where and when',
    description: 'What is left out stays as it is. Quiet hours are in your own time zone.',
  })
  @ApiOkResponse({ type: NotificationSettingsDto })
  @ApiErrors('common.validation_failed')
  update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: UpdateNotificationSettingsDto,
  ): Promise<NotificationSettings> {
    return this.agents.setNotifications(principal, body);
  }
}
